import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '@everypod/contract';
import type { About } from '../journal/about.ts';
import type { Journal, StoredEvent } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { PodNews } from '../pods/registry.ts';
import { createKeepReports } from './keep-reports.ts';
import { type OpenEvent, openEvent } from './open-event.ts';
import type { ShareReports } from './share-reports.ts';
import { createStoredReports } from './stored-reports.ts';

/** The reports of all events: those that can still change here, the others in the journal or on their way there. */
export type Reports = {
  open(event: StoredEvent, about?: About): OpenEvent;
  /** The report now; null when there is no such event. */
  find(id: string): Promise<Report | null>;
  /** The report of an event that the journal has, once every live pod has answered, or after `ms`. */
  wait(event: StoredEvent, ms: number): Promise<Report>;
  /** To be told whenever a line may have changed. */
  changed(event: OpenEvent): void;
  /** Ends an event's budget. */
  finish(event: OpenEvent): void;
  heard(news: PodNews): void;
  count(): number;
  /** True when its report can still change here, or is not in the journal yet. */
  isOpen(id: string): boolean;
  /** Lets nobody wait any longer. */
  releaseAll(): void;
  /** Keeps every report as it stands. */
  keepAll(): Promise<void>;
};

type Options = {
  journal: Journal;
  /** Null where no other bridge reads this journal. */
  sharing: ShareReports | null;
  log: Log;
  metrics: Metrics;
  limits: Limits;
  now: () => number;
  nameAt: (ip: string) => string | undefined;
};

export function createReports({ journal, sharing, log, metrics, limits, now, nameAt }: Options): Reports {
  const open = new Map<string, OpenEvent>();
  /** Those of them with a pod that has not applied it, awaited or not. */
  const incomplete = new Set<OpenEvent>();
  const settledByIp = new Map<string, string>();
  const waiters = new Map<string, Set<() => void>>();
  const counted = new WeakMap<OpenEvent, number>();
  let openLines = 0;
  const told = new WeakMap<OpenEvent, 'applied' | 'final'>();
  let stopped = false;
  const keeping = createKeepReports({ journal, log, limits });
  const stored = createStoredReports({
    journal,
    shared: sharing !== null,
    limits,
    now,
    nameAt,
    isStopped: () => stopped,
  });

  function release(id: string) {
    for (const go of waiters.get(id) ?? []) go();
    waiters.delete(id);
  }

  function changed(event: OpenEvent) {
    note(event);
    makeRoom();
  }

  /** What comes of an event after its report is final, or of a second look, is nobody's news. */
  function note(event: OpenEvent) {
    if (open.get(event.id) !== event) return;
    sharing?.changed(event);
    if (event.answeredOnce()) release(event.id);
    if (!event.isFinal() && !event.isComplete()) incomplete.add(event);
    else incomplete.delete(event);
    tell(event);
    if (event.isFinal()) close(event);
    count(event);
  }

  function close(event: OpenEvent) {
    const report = event.report();
    open.delete(event.id);
    keeping.keep(report);
    metrics.finished(report, now() - event.acceptedAt);
  }

  function count(event: OpenEvent) {
    const lines = event.lineCount();
    openLines += lines - (counted.get(event) ?? 0);
    counted.set(event, lines);
  }

  /** The oldest end early; the newest never does. */
  function makeRoom() {
    for (const event of open.values()) {
      const room = open.size <= limits.openEvents && openLines <= limits.openLines;
      if (room || open.size === 1) return;
      finish(event, 'Too many events were under way. Pods catch up at their next probe.');
    }
  }

  /** A line once every live pod has applied it, and one once its report is final. */
  function tell(event: OpenEvent) {
    const final = event.isFinal();
    if (event.state() === 'accepted' && !final) return;
    const before = told.get(event);
    if (before === 'final' || (before === 'applied' && !final)) return;
    told.set(event, final ? 'final' : 'applied');
    const { id, change } = event;
    const { state, seq, counts, reason } = event.report();
    const ms = Math.round(now() - event.acceptedAt);
    log.info({ id, change, state, final, seq, counts, ms, reason }, 'event');
  }

  /** Where a pod has settled nothing more, and keeps as it did, only events that some pod has not applied can be concerned. */
  function concerned({ pod, settled, keeps, keyless }: PodNews): Iterable<OpenEvent> {
    const told = `${pod.instance} ${settled?.epoch} ${settled?.seq} ${keeps === true} ${keyless}`;
    const isOld = settledByIp.get(pod.ip) === told;
    if (settledByIp.size >= limits.podsRemembered) settledByIp.clear();
    settledByIp.set(pod.ip, told);
    return isOld ? incomplete : open.values();
  }

  function finish(event: OpenEvent, reason?: string) {
    event.finish(reason);
    note(event);
  }

  async function find(id: string): Promise<Report | null> {
    const here = open.get(id)?.report() ?? keeping.find(id);
    if (here) return here;
    const event = await journal.event(id);
    return event && stored.of(event);
  }

  async function released(id: string, ms: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = new AbortController();
    waiters.set(id, (waiters.get(id) ?? new Set()).add(resolve));
    await Promise.race([promise, sleep(ms, undefined, { signal: done.signal }).catch(() => undefined)]);
    done.abort();
    waiters.get(id)?.delete(resolve);
  }

  return {
    open(event, about = {}) {
      const opened = openEvent({
        event,
        about,
        budgetMs: limits.eventBudgetMs,
        now,
        nameAt,
        settled: metrics.settled,
      });
      open.set(event.id, opened);
      incomplete.add(opened);
      makeRoom();
      return opened;
    },
    find,
    async wait(event, ms) {
      const here = open.get(event.id);
      if (here && ms > 0 && !here.answeredOnce() && !stopped) await released(event.id, ms);
      return here?.report() ?? keeping.find(event.id) ?? stored.answered(event, ms);
    },
    changed,
    finish: (event) => finish(event),
    heard(news) {
      for (const event of concerned(news)) {
        if (event.heard(news)) changed(event);
      }
    },
    count: () => open.size,
    isOpen: (id) => open.has(id) || keeping.find(id) !== undefined,
    releaseAll() {
      stopped = true;
      for (const id of [...waiters.keys()]) release(id);
    },
    async keepAll() {
      const all = [...open.values()];
      await Promise.allSettled([keeping.stop(), ...all.map((event) => journal.keepReport(event.report()))]);
    },
  };
}
