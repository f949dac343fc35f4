import {
  type AnswerDistrust,
  type AnswerTrust,
  type Push,
  type PushAnswer,
  pushAnswerSchema,
  readJson,
  type Secret,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import type { Outcome } from '../outbound.ts';
import type { Attempt } from './attempt.ts';
import { covers } from './covers.ts';
import { failed, notAnswered, notTaken } from './not-taken.ts';

type Context = {
  address: PodAddress;
  push: Push;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  /** Id of the push; the answer carries the same. */
  id: string;
  /** The push's own text. */
  signed: string;
  nowMs: number;
};

/** What most often stands in the way; next-intl's suggested matcher catches the routes, too. */
const middleware =
  "If the app has a middleware (in Next.js 16: a proxy), let it leave these routes alone: matcher: ['/((?!api|siteapi|_next|.*\\\\..*).*)'].";

/** Turns what became of a call into the word and the sentence of a report's line. */
export function classify(outcome: Outcome, context: Context): Attempt {
  const { address } = context;
  if (outcome.kind === 'answered') return answered(outcome, context);
  return notAnswered(outcome, `${address.ip} port ${address.service.port}`, {
    larger: "any pod's",
    redirected:
      '. Write the path in EVERYPOD_PODS the way the app serves it, for instance with or without its last slash. ' +
      middleware,
  });
}

function answered(outcome: Outcome & { kind: 'answered' }, context: Context): Attempt {
  const read = readAnswer(outcome, context);
  if (outcome.status >= 200 && outcome.status < 300) {
    return 'answer' in read ? judge(read.answer, context.push) : failed(read.why);
  }
  const said = 'answer' in read && read.answer.reason ? ` It says: ${read.answer.reason}` : '';
  return notTaken(outcome, context.nowMs, (status) => refusal(status, context), said);
}

function judge(answer: PushAnswer, push: Push): Attempt {
  if (!answer.ok) return { ...failed(answer.reason ?? 'The pod could not apply the targets.'), answer };
  const cannot = cannotReason(answer);
  if (covers(answer.cursor, push.epoch, push.upTo)) {
    return { state: 'applied', answer, retry: false, ...(cannot ? { reason: cannot } : {}) };
  }
  return { state: 'behind', answer, retry: false, reason: behindReason(answer, push) };
}

function cannotReason({ cannot = [] }: PushAnswer): string | undefined {
  if (cannot.length === 0) return undefined;
  return cannot.map(({ target, reason }) => `${Object.values(target).join(' ')}: ${reason}`).join(' ');
}

function behindReason({ cursor }: PushAnswer, push: Push): string {
  if (cursor === null)
    return 'The pod applied this, but has not yet caught up with what came before. It will at its next probe.';
  if (cursor.epoch !== push.epoch) {
    return 'The pod applied this, but follows another journal. It starts over at its next probe.';
  }
  return `The pod applied this, but has a gap before it: it is at ${cursor.seq} of ${push.upTo}. It will catch up at its next probe.`;
}

function readAnswer(
  { headers, body }: Outcome & { kind: 'answered' },
  { address, answers, ...asked }: Context,
): { answer: PushAnswer } | { why: string } {
  const verified = answers.verify({ headers, body }, { peer: address.key, ...asked });
  if (!verified.trusted) return { why: distrustReason(verified.cause) };
  const read = readJson(body);
  const parsed = pushAnswerSchema.safeParse('json' in read ? read.json : undefined);
  if (parsed.success) return { answer: parsed.data };
  return {
    why: 'The pod signed an answer that is not one of a push. Are the bridge and the pod of one version?',
  };
}

function distrustReason(cause: AnswerDistrust): string {
  if (cause === 'missing header') {
    return `The answer was not signed, so it does not count. Does the Everypod route listen at this path, and at this address? ${middleware}`;
  }
  if (cause === 'too old' || cause === 'too new') {
    return `The answer's time is more than five minutes off (${cause}). Set the clocks of pod and bridge.`;
  }
  if (cause === 'mirrored question') {
    return 'What came back is the push itself, so it does not count. Something other than the pod answers here.';
  }
  if (cause === 'former form') {
    return (
      'The answer is signed as 0.1.0 does, though a pod at this address has signed as the present version does, so it does not count. ' +
      'If the app went back to 0.1.0, restart the bridge; else something between changes answers.'
    );
  }
  if (cause === 'another id') return 'The answer belongs to another push, so it does not count.';
  return `The answer's signature does not hold (${cause}). Bridge and pod need the same EVERYPOD_POD_SECRET.`;
}

function refusal(status: number, { address }: Context): string {
  if (status === 401 || status === 403) {
    return `The pod answered ${status}: it did not accept the signature. Bridge and pod need the same EVERYPOD_POD_SECRET and clocks that agree.`;
  }
  if (status === 404 || status === 405) {
    return `The pod answered ${status}: the Everypod route is not at ${address.service.path}. Check the app's route file and EVERYPOD_PODS. ${middleware}`;
  }
  return `The pod answered ${status} and will not take this push.`;
}
