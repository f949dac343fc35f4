import type { PodState } from '@everypod/contract';

/** What is known of one pod for one event. */
export type Line = {
  ip: string;
  name: string;
  /** Empty until the pod has said who it is. */
  instance: string;
  state: PodState;
  /** False for a pod that asks for catch-up while DNS does not list it. */
  inDns: boolean;
  askedAt: number;
  /** Of the last answer or failure; null until there is one. */
  lastAt: number | null;
  attempts: number;
  reason: string | undefined;
  caughtUpAt: string | undefined;
  settledAt: string | undefined;
};

export function newLine(ip: string, name: string, inDns: boolean, askedAt: number): Line {
  return {
    ip,
    name,
    instance: '',
    state: 'asked',
    inDns,
    askedAt,
    lastAt: null,
    attempts: 0,
    reason: undefined,
    caughtUpAt: undefined,
    settledAt: undefined,
  };
}

export function markApplied(line: Line, at: number, how: { caughtUp: boolean; reason?: string | undefined }) {
  line.state = 'applied';
  line.lastAt = at;
  line.reason = how.reason;
  line.caughtUpAt = how.caughtUp ? new Date(at).toISOString() : undefined;
}

/** What the pod's former life did is lost with it. */
export function markRestarted(line: Line, at: number) {
  line.state = 'behind';
  line.lastAt = at;
  line.reason = 'The pod was started anew and has not caught up yet. It does before it takes traffic.';
  line.caughtUpAt = undefined;
  line.settledAt = undefined;
}

export function markGone(line: Line) {
  line.reason =
    line.state === 'applied'
      ? 'It applied this and left the Service before it had settled.'
      : 'It left the Service meanwhile. If it comes back, it catches up before it takes traffic.';
  line.state = 'gone';
}
