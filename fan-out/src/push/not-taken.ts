import type { During, Outcome } from '../outbound.ts';
import type { Attempt } from './attempt.ts';
import { retryAfterMs } from './retry-after.ts';

type Answered = Outcome & { kind: 'answered' };
type Unanswered = Exclude<Outcome, Answered>;

/** What differs between the kinds of pods. */
type Words = {
  /** Whose answer would be no larger. */
  larger: string;
  /** Why a redirect is not followed, and what to do about it. */
  redirected: string;
};

/** A call that brought no answer which could be read, to a pod of either kind. */
export function notAnswered(outcome: Unanswered, at: string, { larger, redirected }: Words): Attempt {
  switch (outcome.kind) {
    case 'not-connected':
      return notConnected(outcome.code, at);
    case 'timed-out':
      return timedOut(outcome.during, at);
    case 'cut-off':
      return outcome.during === 'reading'
        ? failed(`The pod at ${at} closed the connection in the middle of its answer.`)
        : unreachable(`The pod at ${at} closed the connection without an answer (${outcome.code}).`);
    case 'too-large':
      return failed(`The answer from ${at} was larger than ${larger}; something else may listen there.`);
    case 'redirected':
      return failed(`The pod answered ${outcome.status}, a redirect, which is never followed${redirected}`);
  }
}

/**
 * An answer other than 2xx, of a pod of either kind.
 * @param refusal says what a 4xx means there
 * @param said what the pod itself has added
 */
export function notTaken(
  { status, headers }: Answered,
  nowMs: number,
  refusal: (status: number) => string,
  said = '',
): Attempt {
  const patience = retryAfterMs(headers.get('retry-after'), nowMs);
  const later = patience === undefined ? {} : { retryAfterMs: patience };
  if (status === 429 || status === 408 || status === 425) {
    const reason = `The pod answered ${status}: it asks to be called later.${said}`;
    return { state: 'refused', reason, retry: true, ...later };
  }
  if (status >= 400 && status < 500)
    return { state: 'refused', reason: refusal(status) + said, retry: false };
  return { ...failed(`The pod answered ${status}. Its own log says why.${said}`), ...later };
}

export function failed(reason: string): Attempt {
  return { state: 'failed', reason, retry: true };
}

function notConnected(code: string, at: string): Attempt {
  if (code === 'ECONNREFUSED') {
    const reason = `Nothing listens at ${at} (connection refused). The pod may be starting, stopping or gone.`;
    return { ...unreachable(reason), notListening: true };
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return unreachable(
      `There is no route to ${at} (${code}). Check the network policy between bridge and pods.`,
    );
  }
  return unreachable(`No connection to ${at} could be made (${code}).`);
}

function timedOut(during: During, at: string): Attempt {
  if (during === 'connecting') {
    return unreachable(
      `The pod at ${at} did not take the connection in time. It may be gone, or a network policy is in the way.`,
    );
  }
  if (during === 'waiting') return unreachable(`The pod at ${at} was called but did not answer in time.`);
  return failed(`The pod at ${at} began to answer but did not finish in time.`);
}

function unreachable(reason: string): Attempt {
  return { state: 'unreachable', reason, retry: true };
}
