import { createTurns, type Discovered, type Discovery } from '@everypod/fan-out';
import type { About } from '../journal/about.ts';
import type { StoredEvent } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Pods } from '../pods/registry.ts';
import type { OpenEvent } from '../report/open-event.ts';
import type { Reports } from '../report/reports.ts';
import { logFanOutFrom } from './fan-out-lines.ts';
import type { Lanes } from './lanes.ts';
import type { SecondLook } from './second-look.ts';

/** Brings events to every live pod, also to those that appear while an event is under way. */
export type Reach = {
  start(event: StoredEvent, about?: About): void;
  /** Follows no event any further; resolves when nothing is under way here. */
  stop(): Promise<void>;
};

type Options = {
  discovery: Discovery;
  pods: Pods;
  lanes: Lanes;
  secondLook: SecondLook;
  reports: Reports;
  log: Log;
  limits: Limits;
  now: () => number;
};

export function createReach({
  discovery,
  pods,
  lanes,
  secondLook,
  reports,
  log,
  limits,
  now,
}: Options): Reach {
  const timers = new Map<OpenEvent, NodeJS.Timeout>();
  /** Events for which the log already says that there is no pod. */
  const lonely = new WeakSet<OpenEvent>();
  /** Events for which the log already says that pods could not be looked for. */
  const blind = new WeakSet<OpenEvent>();
  const following = new Set<Promise<void>>();
  /** Beside those of pods' answers, behind which a new event would wait for its first push. */
  const turns = createTurns();
  let stopped = false;

  async function look(event: OpenEvent) {
    const discovered = await discovery.discover();
    // Many events wait for one answer of DNS, and each has a line for every pod.
    await turns.take();
    pods.listed(discovered);
    const unlisted = pods.unlisted();
    if (discovered.addresses.length + unlisted.length === 0) warnOfNobody(event, discovered);
    const toPush = event.looked(discovered, unlisted, new Set(pods.neverAsked()));
    if (toPush.length > 0) logFanOutFrom(log, event, toPush);
    for (const address of toPush) lanes.push(event, address);
    reports.changed(event);
  }

  /** Whatever went wrong, the next look may go well. */
  async function lookSafely(event: OpenEvent) {
    try {
      await look(event);
    } catch (error) {
      if (!blind.has(event)) log.error({ id: event.id, err: error }, 'pods could not be looked for');
      blind.add(event);
    }
  }

  function warnOfNobody(event: OpenEvent, { lines }: Discovered) {
    if (lonely.has(event)) return;
    lonely.add(event);
    log.warn({ id: event.id, reason: lines.map(({ reason }) => reason).join(' ') }, 'no pods to push to');
  }

  async function follow(event: OpenEvent, stored: StoredEvent) {
    timers.delete(event);
    if (!event.isFinal()) await lookSafely(event);
    const leftMs = event.budgetEndsAt - now();
    if (event.isFinal()) secondLook.owe(stored);
    if (event.isFinal() || stopped) return;
    if (leftMs <= 0) {
      reports.finish(event);
      return;
    }
    timers.set(
      event,
      setTimeout(() => followSafely(event, stored), Math.min(limits.lookAgainMs, leftMs)),
    );
  }

  function followSafely(event: OpenEvent, stored: StoredEvent) {
    const followed = follow(event, stored)
      .catch((error: unknown) => {
        log.error({ id: event.id, err: error }, 'an event could not be followed');
        reports.finish(event);
      })
      .finally(() => following.delete(followed));
    following.add(followed);
  }

  return {
    start(event, about) {
      followSafely(reports.open(event, about), event);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...following, secondLook.stop()]);
    },
  };
}
