import {
  type SettledAnswer,
  type SettledQuestion,
  settledQuestionSchema,
  signAnswer,
} from '@everypod/contract';
import { covers } from '@everypod/fan-out';
import { json, notUnderstood } from '../answers.ts';
import type { Trusted } from '../fan-out/receive.ts';
import { keeping } from '../keep/origin.ts';
import { keyless } from '../keys/keyless.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { howSince } from './ways.ts';

/** Whether a message asks something, in place of telling it: pushes have no such key. */
export function isQuestion(message: unknown): message is { ask: unknown } {
  return typeof message === 'object' && message !== null && 'ask' in message;
}

/** "Tell me when you have settled up to here": answered then, or as things stand when the wait is over. */
export async function receiveQuestion(
  { request, id, message, secrets }: Trusted,
  life: Life,
): Promise<Response> {
  const parsed = settledQuestionSchema.safeParse(message);
  if (!parsed.success) return notUnderstood('question', parsed.error);
  await untilSettled(parsed.data, request.signal, life);
  const answer = JSON.stringify(answerOf(parsed.data, life));
  return json(200, answer, signAnswer(secrets, { id, headers: request.headers }, life.nowMs(), answer));
}

/** Done when it has, when the wait is over, or when nobody waits: the asker has gone, or this process is to end. */
async function untilSettled(
  { epoch, upTo, waitMs }: SettledQuestion,
  gone: AbortSignal,
  { state: { settledSteps: news }, clock }: Life,
): Promise<void> {
  const hasSettled = () => covers(news.tellable, epoch, upTo);
  const ending = clock.ending();
  if (hasSettled() || gone.aborted || ending.aborted || news.waiting.size >= limits.settledQuestionsAtOnce) {
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, waitMs);
    timer.unref();
    news.waiting.add(hear);
    gone.addEventListener('abort', end);
    ending.addEventListener('abort', end);
    function hear() {
      if (hasSettled()) end();
    }
    function end() {
      clearTimeout(timer);
      news.waiting.delete(hear);
      gone.removeEventListener('abort', end);
      ending.removeEventListener('abort', end);
      resolve();
    }
  });
}

function answerOf({ epoch, upTo }: SettledQuestion, life: Life): SettledAnswer {
  const { instance, cursor, settledSteps: news } = life.state;
  const { ip, name } = life.configuration();
  const { tellable: settled } = news;
  return {
    ok: true,
    pod: { ip, name, instance, builtAt: life.builtAt() },
    cursor,
    settled,
    ...(covers(settled, epoch, upTo) && howSince(news, { epoch, seq: upTo })),
    ...keeping(life),
    ...keyless(life),
  };
}
