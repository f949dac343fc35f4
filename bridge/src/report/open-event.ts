import type { DiscoveryLine, PodState, Report } from '@everypod/contract';
import { type Attempt, covers, type Discovered, type PodAddress } from '@everypod/fan-out';
import type { StoredEvent } from '../journal/journal.ts';
import type { PodNews } from '../pods/registry.ts';
import { buildReport } from './build-report.ts';

/** What is known of one pod for one event. */
export type Line = {
  ip: string;
  name: string;
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
};

/** One event whose report can still change. */
export type OpenEvent = {
  readonly id: string;
  readonly change: string;
  readonly seq: number;
  readonly acceptedAt: number;
  readonly budgetEndsAt: number;
  /** Takes what discovery found; answers with the pods that have to be pushed to now. */
  looked(discovered: Discovered, unlisted: readonly PodAddress[]): PodAddress[];
  /** True while a push to this pod could still do something for this event. */
  wants(key: string): boolean;
  /** `again` is true when another push follows at once, to fill the pod's gap. */
  attempted(key: string, attempt: Attempt, epoch: string, again: boolean): void;
  heard(news: PodNews): void;
  /** True once discovery was asked and every live pod has answered, or failed to, once. */
  answeredOnce(): boolean;
  finish(reason?: string): void;
  isFinal(): boolean;
  report(): Report;
};

type Options = {
  event: StoredEvent;
  budgetMs: number;
  now: () => number;
  nameAt: (ip: string) => string | undefined;
};

/** A pod in one of these states keeps no event from being applied. */
const notAwaited = new Set<PodState>(['applied', 'gone', 'starting']);

export function openEvent({ event, budgetMs, now, nameAt }: Options): OpenEvent {
  const lines = new Map<string, Line>();
  let discovery: DiscoveryLine[] = [];
  let hasLooked = false;
  let final = false;
  let finishReason: string | undefined;

  function add({ key, ip }: PodAddress, inDns: boolean) {
    lines.set(key, {
      ip,
      name: nameAt(ip) ?? ip,
      instance: '',
      state: 'asked',
      inDns,
      askedAt: now(),
      lastAt: null,
      attempts: 0,
      reason: undefined,
      caughtUpAt: undefined,
    });
  }

  function applied(line: Line, caughtUp: boolean, reason: string | undefined) {
    if (line.state === 'applied') return;
    line.state = 'applied';
    line.lastAt = now();
    line.reason = reason;
    line.caughtUpAt = caughtUp ? new Date(now()).toISOString() : undefined;
  }

  /** Everyone who is live has applied it. Nobody at all is not everyone. */
  function isApplied(): boolean {
    const all = [...lines.values()];
    return all.some(({ state }) => state === 'applied') && all.every(({ state }) => notAwaited.has(state));
  }

  function settleFinal() {
    if (hasLooked && isApplied()) final = true;
  }

  return {
    id: event.id,
    change: event.change,
    seq: event.seq,
    acceptedAt: event.acceptedAt,
    budgetEndsAt: event.acceptedAt + budgetMs,

    looked(discovered, unlisted) {
      if (final) return [];
      hasLooked = true;
      discovery = discovered.lines;
      const inDns = new Map(discovered.addresses.map((address) => [address.key, address]));
      const live = new Map([...unlisted.map((address) => [address.key, address] as const), ...inDns]);
      const complete = discovered.unanswered.length === 0;
      for (const [key, line] of lines) {
        if (live.has(key) || line.state === 'applied' || !complete) continue;
        line.state = 'gone';
        line.reason =
          'It left the Service meanwhile. If it comes back, it catches up before it takes traffic.';
      }
      const toPush: PodAddress[] = [];
      for (const [key, address] of live) {
        const line = lines.get(key);
        if (line) line.inDns = inDns.has(key);
        if (!line || line.state === 'gone') {
          add(address, inDns.has(key));
          toPush.push(address);
        }
      }
      settleFinal();
      return toPush;
    },

    wants(key) {
      const state = lines.get(key)?.state;
      return !final && state !== undefined && state !== 'applied' && state !== 'gone';
    },

    attempted(key, attempt, epoch, again) {
      const line = lines.get(key);
      if (!line || final) return;
      line.attempts += 1;
      line.lastAt = now();
      if (attempt.answer) {
        line.name = attempt.answer.pod.name;
        line.instance = attempt.answer.pod.instance;
      }
      if (attempt.answer?.ok && covers(attempt.answer.cursor, epoch, event.seq)) {
        applied(line, false, attempt.state === 'applied' ? attempt.reason : undefined);
      } else if (line.state !== 'applied' && !again) {
        line.state = !line.inDns && attempt.state === 'unreachable' ? 'starting' : attempt.state;
        line.reason = attempt.reason;
      }
      settleFinal();
    },

    heard({ pod, cursor, epoch, by }) {
      if (final || !covers(cursor, epoch, event.seq)) return;
      for (const line of lines.values()) {
        if (line.ip !== pod.ip || line.state === 'applied') continue;
        line.name = pod.name;
        line.instance = pod.instance;
        applied(line, by === 'catch-up', undefined);
      }
      settleFinal();
    },

    answeredOnce() {
      return final || (hasLooked && [...lines.values()].every(({ state }) => state !== 'asked'));
    },

    finish(reason) {
      final = true;
      finishReason = reason;
      for (const line of lines.values()) {
        if (line.state !== 'asked') continue;
        line.state = 'unreachable';
        line.reason = 'It had not answered when the time for this event was over.';
      }
    },

    isFinal: () => final,

    report() {
      return buildReport({
        event,
        state: isApplied() ? 'applied' : 'accepted',
        final,
        discovery,
        hasLooked,
        lines: [...lines.values()],
        finishReason,
        now: now(),
      });
    },
  };
}
