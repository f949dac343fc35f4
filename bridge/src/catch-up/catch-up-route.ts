import {
  type CatchUp,
  type CatchUpAnswer,
  catchUpSchema,
  plainTargets,
  type SignedHeaders,
} from '@everypod/contract';
import { problemAnswer } from '../ingress/problem-answer.ts';
import { readMessage } from '../ingress/read-message.ts';
import type { AnswerMessage } from '../ingress/trust.ts';
import type { Journal } from '../journal/journal.ts';
import { type Missed, missedSinceBuild, missedSinceCursor } from '../journal/missed.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { PodNews } from '../pods/registry.ts';
import type { SeenIds } from './seen-ids.ts';

type Options = {
  seenIds: SeenIds;
  journal: Journal;
  log: Log;
  metrics: Metrics;
  limits: Limits;
  /** The clock that the journal goes by. */
  journalNow: () => number;
  /** Answers true when the pod tells for the first time that it had no bridge. */
  heard: (news: PodNews) => boolean;
};

/** `POST /v1/catch-up`: tells a pod what it has missed, or the oldest slice of it where that is much. */
export function createCatchUpRoute(options: Options): AnswerMessage {
  const { seenIds, journal, log, metrics, limits, journalNow, heard } = options;

  /** Who does not know of slices would take the first for all there is. */
  function missed({ cursor, slicesUpTo, inOnePiece, builtAt }: CatchUp, speaksSecond: boolean) {
    const inSlices = speaksSecond && !inOnePiece;
    const from = (inSlices && slicesUpTo) || cursor;
    if (from) return missedSinceCursor(journal, from, { inSlices });
    const built = builtAt === null ? null : Date.parse(builtAt);
    const { lookBackMs } = limits;
    return missedSinceBuild(journal, built, { lookBackMs, nowMs: journalNow(), inSlices });
  }

  return async (question) => {
    const read = readMessage(catchUpSchema, question.body);
    if ('wrong' in read) return problemAnswer('bad-request', read.wrong);
    if (!(await seenIds.claim(question.id, read.message.pod.ip))) return question.refuse('repeated id');

    const { pod, cursor, settled, builtAt, withoutBridge, how, held, keeps, keyless } = read.message;
    const found = await missed(read.message, question.speaksSecond);
    // Numbers of another life of the journal say nothing about events of this one.
    const reached = isClaim(found) ? { cursor: null, settled: null } : { cursor, settled };
    const epoch = found.epoch;
    const news = {
      pod,
      ...reached,
      builtAt,
      epoch,
      by: 'catch-up',
      withoutBridge,
      how,
      held,
      keeps,
      keyless,
    } as const;
    if (heard(news) && withoutBridge) {
      metrics.withoutBridge(withoutBridge);
      log.warn({ pod: pod.name, why: withoutBridge }, 'a pod had no bridge and invalidated everything');
    }
    if (isClaim(found)) log.warn({ pod: pod.name, ...cursor, head: found.upTo }, claimedAgain);
    tell(log, metrics, pod.name, found);
    return signedAnswer(answerOf(found, question.speaksSecond), question.sign);
  };
}

const claimedAgain =
  'a pod claims once more, within a lease of the last new epoch, that the journal has gone back: it starts over alone, and is judged again when the lease is over';

function isClaim(found: Missed): boolean {
  return 'everything' in found && found.why === 'claimed again within the lease';
}

function answerOf(found: Missed, speaksSecond: boolean): CatchUpAnswer {
  if (!('everything' in found)) {
    return speaksSecond ? found : { ...found, targets: plainTargets(found.targets) };
  }
  const { epoch, upTo, vanishing } = found;
  return { epoch, upTo, everything: true, ...(speaksSecond && vanishing && { vanishing }) };
}

function tell(log: Log, metrics: Metrics, pod: string, found: Missed) {
  if ('everything' in found) {
    metrics.caughtUp('everything');
    const { upTo, why, vanishing } = found;
    log.info({ pod, upTo, why, vanishing: vanishing?.length ?? 'unknown' }, 'a pod starts over');
    return;
  }
  const targets = found.targets.length;
  metrics.caughtUp(targets === 0 ? 'nothing' : 'targets');
  const { upTo, more } = found;
  if (targets > 0) log.info({ pod, upTo, targets, ...(more && { more }) }, 'a pod catches up');
}

function signedAnswer(answer: CatchUpAnswer, sign: (body: string) => SignedHeaders): Response {
  const body = JSON.stringify(answer);
  return new Response(body, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...sign(body),
    },
  });
}
