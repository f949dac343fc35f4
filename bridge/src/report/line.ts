import type { HowSettled, Keyless, PodState, WithoutBridge } from '@everypod/contract';
import type { Attempt, PodAddress } from '@everypod/fan-out';
import type { VisitsOfLine } from './visits-of-line.ts';

/** What is known of one pod for one event. */
export type Line = {
  ip: string;
  name: string;
  /** Empty until the pod has said who it is. */
  instance: string;
  state: PodState;
  /** A plain pod has no cursor, and never catches up. */
  plain: boolean;
  /** True of a plain pod for which nothing more will be tried. */
  over: boolean;
  /** False for a pod that asks for catch-up while DNS does not list it. */
  inDns: boolean;
  /** True for such a pod when DNS had listed it and then said that it doesn't. */
  leftService: boolean;
  /** Whether DNS lists pods that are starting or stopping, too. */
  listsNotReady: boolean;
  /** True when the pod at this address had been heard of before. */
  known: boolean;
  /** True once it has left DNS and its lease. */
  left: boolean;
  /** This and the other times: whole milliseconds since the event was accepted, which are small. */
  askedAt: number;
  /** Of the last answer or failure; null until there is one. */
  lastAt: number | null;
  attempts: number;
  reason: string | undefined;
  caughtUpAt: number | undefined;
  settledAt: number | undefined;
  /** By what, where the pod has said so. */
  settledBy: HowSettled | undefined;
  /** True of one that DNS lists as ready, and that has not asked for catch-up in its whole lease. */
  neverAsked: boolean;
  /** What came of the event's paths there; undefined until it has applied the event and may be visited. */
  visits: VisitsOfLine | undefined;
  /** Whether its pod said last that it gives former pages, for want of their content. */
  keeps: boolean;
  /** Why its pod has heard no keys, where it said so. */
  keyless: Keyless | undefined;
  /** What its pod did for want of a bridge, before it said that it had got here. */
  withoutBridge: WithoutBridge | undefined;
};

type Found = {
  address: PodAddress;
  knownAs: string | undefined;
  inDns: boolean;
  leftService: boolean;
  neverAsked: boolean;
  at: number;
};

export function newLine({
  address: { ip, service },
  knownAs,
  inDns,
  leftService,
  neverAsked,
  at,
}: Found): Line {
  return {
    ip,
    name: knownAs ?? ip,
    instance: '',
    state: 'asked',
    plain: service.kind === 'plain',
    over: false,
    inDns,
    leftService,
    listsNotReady: service.listsNotReady,
    known: knownAs !== undefined,
    left: false,
    askedAt: at,
    lastAt: null,
    attempts: 0,
    reason: undefined,
    caughtUpAt: undefined,
    settledAt: undefined,
    settledBy: undefined,
    neverAsked: neverAsked && service.kind !== 'plain',
    visits: undefined,
    keeps: false,
    keyless: undefined,
    withoutBridge: undefined,
  };
}

export function markApplied(line: Line, at: number, how: { caughtUp: boolean; reason?: string | undefined }) {
  line.state = 'applied';
  line.left = false;
  line.lastAt = at;
  line.reason = how.reason ?? (line.withoutBridge && alone[line.withoutBridge]);
  line.caughtUpAt = how.caughtUp ? at : undefined;
}

const alone: Record<WithoutBridge, string> = {
  'start limit':
    'It had no bridge to ask when it started, so it invalidated everything before it took traffic.',
  lease: 'It had heard from no bridge for its whole lease, so it invalidated everything meanwhile.',
};

/** By the way that was told first: what comes later may be said of more than this. */
export function markSettled(line: Line, at: number, { how, held }: HowSettled) {
  if (line.settledAt !== undefined) return;
  line.settledAt = at;
  line.settledBy = how && { how, held: how === 'capped' ? held : undefined };
}

/** It answered, and another push follows at once to fill its gap. */
export function markAskedAgain(line: Line, { reason }: Attempt) {
  line.state = 'asked';
  line.reason = reason;
}

/** No answer comes any more; what the pod has said stands. */
export function markOver(line: Line) {
  if (line.state !== 'asked') return;
  line.state = line.reason === undefined ? 'unreachable' : 'behind';
  line.reason ??= 'It had not answered when the time for this event was over.';
}

/** What the pod's former life did is lost with it. */
export function markRestarted(line: Line, at: number) {
  line.state = 'behind';
  line.lastAt = at;
  line.reason = 'The pod was started anew and has not caught up yet. It does before it takes traffic.';
  line.caughtUpAt = undefined;
  line.settledAt = undefined;
  line.settledBy = undefined;
  line.visits = undefined;
  line.keeps = false;
  line.keyless = undefined;
  line.withoutBridge = undefined;
}

export function markGone(line: Line) {
  line.reason =
    line.state === 'applied'
      ? 'It applied this and left the Service before it had settled.'
      : `It left the Service meanwhile. ${line.plain ? neverCatchesUp : 'If it comes back, it catches up before it takes traffic.'}`;
  line.state = 'gone';
  line.left = true;
}

const neverCatchesUp = 'A plain pod does not catch up: if it comes back, it may serve what is old.';

/** Before a pod is in its Service and after it has left it, a refused connection is no failure. */
export function markAttempted(line: Line, { state, reason, notListening, retry }: Attempt) {
  line.state = state;
  line.over = line.plain && !retry;
  line.reason = reason;
  if (!notListening || !(line.leftService || (line.inDns && line.listsNotReady))) return;
  line.state = line.leftService || line.known || line.instance !== '' ? 'gone' : 'starting';
  line.reason =
    line.state === 'gone'
      ? `It is stopping: it was live, and takes no more connections. ${line.plain ? neverCatchesUp : 'If it comes back, it catches up first.'}`
      : `It is starting, and does not listen yet. ${line.plain ? 'It is tried again while there is time.' : 'It catches up before it takes traffic.'}`;
}
