import {
  type AnswerDistrust,
  type AnswerTrust,
  askDirected,
  type CatchUp,
  type CatchUpAnswer,
  catchUpAnswerSchema,
  limits as messageLimits,
  newMessageId,
  readJson,
  type Secret,
  sign,
  speaksSecond,
} from '@everypod/contract';
import type { Outcome } from '@everypod/fan-out';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

export type Asked = (
  | { state: 'answered'; answer: CatchUpAnswer }
  | { state: 'unanswered'; reason: string }
) & {
  /** Whether who answered takes what the second protocol has; left out where nobody did. */
  speaksSecond?: boolean;
};

export type AskOptions = {
  bridgeUrl: string;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  nowMs: () => number;
};

/** Asks the bridge what this pod has missed. Never throws: whatever goes wrong is a reason. */
export async function ask(
  question: CatchUp,
  { bridgeUrl, secrets, answers, nowMs }: AskOptions,
): Promise<Asked> {
  const id = newMessageId('catchup');
  const body = JSON.stringify(question);
  const headers = { 'content-type': 'application/json', ...askDirected, ...sign(secrets, id, nowMs(), body) };
  const outcome = await callOut({
    url: new URL(`${bridgeUrl}/v1/catch-up`),
    method: 'POST',
    headers,
    body,
    deadlineMs: limits.catchUpDeadlineMs,
    answerBytes: messageLimits.catchUpAnswerBytes,
  });
  if (outcome.kind !== 'answered') return unanswered(reasonOf(outcome));
  const asked = judge(outcome, { bridgeUrl, secrets, answers, id, signed: body, nowMs: nowMs() });
  return { ...asked, speaksSecond: speaksSecond(outcome.headers) };
}

type Question = Pick<AskOptions, 'bridgeUrl' | 'secrets' | 'answers'> & {
  id: string;
  signed: string;
  nowMs: number;
};

function judge(
  outcome: Outcome & { kind: 'answered' },
  { bridgeUrl, answers, ...question }: Question,
): Asked {
  if (outcome.status === 401) {
    return unanswered(
      'The bridge refuses this pod: give both the same EVERYPOD_POD_SECRET and check both clocks.',
    );
  }
  if (outcome.status !== 200) return unanswered(`The bridge answered ${outcome.status}; its log says why.`);
  const verified = answers.verify(outcome, { peer: bridgeUrl, ...question });
  if (!verified.trusted) return unanswered(whyNotTrusted(verified.cause));
  return parse(outcome.body);
}

function whyNotTrusted(cause: AnswerDistrust): string {
  const what = `The bridge's answer cannot be trusted: ${cause}.`;
  if (cause !== 'former form') return what;
  return `${what} If the bridge went back to 0.1.0, restart the pods; else something between changes answers.`;
}

function reasonOf(outcome: Exclude<Outcome, { kind: 'answered' }>): string {
  switch (outcome.kind) {
    case 'redirected':
      return `The bridge answered with a redirect (${outcome.status}); set EVERYPOD_BRIDGE_URL to where it leads.`;
    case 'not-connected':
      return `The bridge could not be reached (${outcome.code}); check EVERYPOD_BRIDGE_URL and that the bridge runs.`;
    case 'timed-out':
      return `The bridge did not answer within ${limits.catchUpDeadlineMs} ms (${outcome.during}).`;
    case 'cut-off':
      return `The bridge's answer was cut off (${outcome.code}).`;
    case 'too-large':
      return `The bridge's answer has more than ${messageLimits.catchUpAnswerBytes} bytes.`;
  }
}

function parse(body: Uint8Array): Asked {
  const read = readJson(body);
  const parsed = catchUpAnswerSchema.safeParse('json' in read ? read.json : undefined);
  if (parsed.success) return { state: 'answered', answer: parsed.data };
  return unanswered('The bridge speaks another version of the protocol; install matching versions.');
}

function unanswered(reason: string): Asked {
  return { state: 'unanswered', reason };
}
