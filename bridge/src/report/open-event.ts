import {
  type DiscoveryLine,
  type EventState,
  type HowSettled,
  limits as messageLimits,
  type Report,
  type SettledWay,
  type Target,
  type VisitLine,
} from '@everypod/contract';
import { type Attempt, covers, type Discovered, type PodAddress } from '@everypod/fan-out';
import type { About } from '../journal/about.ts';
import type { StoredEvent } from '../journal/journal.ts';
import type { PodNews, Unlisted } from '../pods/registry.ts';
import { buildReport } from './build-report.ts';
import {
  type Line,
  markApplied,
  markAskedAgain,
  markAttempted,
  markGone,
  markOver,
  markRestarted,
  markSettled,
  newLine,
} from './line.ts';
import { createLines } from './lines.ts';
import { asWanted } from './visits-of-line.ts';

/** One event whose report can still change. */
export type OpenEvent = {
  readonly id: string;
  readonly change: string;
  readonly seq: number;
  readonly targets: readonly Target[];
  readonly acceptedAt: number;
  readonly budgetEndsAt: number;
  /** What visits for it are told. */
  readonly about: About;
  sinceAcceptedMs(): number;
  /** Takes what discovery found; answers with the pods that have to be pushed to now. */
  looked(
    discovered: Discovered,
    unlisted: readonly Unlisted[],
    neverAsked?: ReadonlySet<string>,
  ): PodAddress[];
  /** True while a push to this pod could still do something for this event. */
  wants(key: string): boolean;
  /** The epoch is the push's, and none for a plain pod. `again` is true when another push follows at once, to fill the pod's gap. */
  attempted(key: string, attempt: Attempt, epoch?: string, again?: boolean): void;
  /** True when a line changed. */
  heard(news: PodNews): boolean;
  /** True while this pod has applied the event, and has not settled. */
  awaitsSettled(key: string): boolean;
  /** The paths that are to be visited on this pod, the subject's own first, then its own pages; none the second time. */
  toVisit(key: string, pages: readonly string[]): string[];
  /** What came of one of them. */
  visited(key: string, line: VisitLine): void;
  state(): EventState;
  /** True when no line is other than applied or told. */
  isComplete(): boolean;
  /** True once discovery was asked and every live pod has answered, or failed to, once. */
  answeredOnce(): boolean;
  /** Makes it final, unless it is. */
  finish(reason?: string): void;
  isFinal(): boolean;
  /** How many pods are remembered for it; none once it is final. */
  lineCount(): number;
  report(): Report;
};

type Options = {
  event: StoredEvent;
  about?: About;
  budgetMs: number;
  now: () => number;
  nameAt: (ip: string) => string | undefined;
  /** Told of each pod that settles, how long after it had applied the event. */
  settled?: (how: SettledWay | undefined, ms: number) => void;
};

const neverLooked =
  'The bridge could not look for pods, and its log says why. Pods catch up at their next probe.';

export function openEvent({
  event,
  about = {},
  budgetMs,
  now,
  nameAt,
  settled: tellSettled,
}: Options): OpenEvent {
  let lines = createLines();
  let discovery: DiscoveryLine[] = [];
  let hasLooked = false;
  /** Visits that are to come, over all lines. */
  let toCome = 0;
  const paths = pathsOf(event.targets);
  /** DNS gave an answer for every Service. */
  let sawAll = false;
  /** All that is left of a final event. */
  let ended: Report | null = null;

  const sinceAccepted = () => Math.round(now() - event.acceptedAt);

  function state(): EventState {
    if (ended) return ended.state;
    // Nobody at all is not everyone.
    if (lines.countOf('applied') === 0 || lines.awaited() > 0) return 'accepted';
    return lines.unsettled() > 0 ? 'applied' : 'settled';
  }

  function report(final: boolean, finishReason?: string): Report {
    return buildReport({
      event,
      state: state(),
      final,
      discovery,
      hasLooked,
      lines: lines.all(),
      finishReason,
      now: sinceAccepted(),
    });
  }

  function end(reason?: string) {
    const reasons = [alonePlain() ? toldReason() : undefined, reason].filter((part) => part !== undefined);
    ended = report(true, reasons.length > 0 ? reasons.join(' ') : undefined);
    lines = createLines();
  }

  /** With plain pods alone there is nobody whose cursor could ever cover the event. */
  function alonePlain(): boolean {
    return lines.plain() > 0 && lines.plain() === lines.count();
  }

  function toldReason(): string {
    const live = lines.count() - lines.countOf('gone');
    return `Accepted; told ${lines.countOf('told')} of ${live}; whether their pages are new can't be known.`;
  }

  function endIfOver() {
    if (!hasLooked || lines.plainAwaited() > 0) return;
    const nobodyElse = sawAll && alonePlain() && lines.countOf('gone') < lines.count();
    if (nobodyElse || (state() === 'settled' && toCome === 0)) end();
  }

  function settle(line: Line, by: HowSettled) {
    if (line.settledAt !== undefined) return;
    const at = sinceAccepted();
    markSettled(line, at, by);
    tellSettled?.(by.how, Math.max(0, at - (line.lastAt ?? at)));
  }

  /** Takes note of how far the pod of this line has got. True when that is news. */
  function hear(
    line: Line,
    { pod, cursor, settled, epoch, by, withoutBridge, how, held, keeps, keyless }: PodNews,
  ): boolean {
    const restarted = lines.name(line, pod);
    if (restarted) lines.change(line, () => markRestarted(line, sinceAccepted()));
    if (by === 'catch-up') line.neverAsked = false;
    if (withoutBridge) line.withoutBridge = withoutBridge;
    const { state: stateBefore, settledAt: settledBefore, keeps: kept, keyless: keylessBefore } = line;
    line.keeps = keeps ?? false;
    line.keyless = keyless;
    if (!covers(cursor, epoch, event.seq)) return restarted;
    lines.change(line, () => {
      if (line.state !== 'applied') markApplied(line, sinceAccepted(), { caughtUp: by === 'catch-up' });
      if (covers(settled, epoch, event.seq)) settle(line, { how, held });
    });
    if (restarted || line.keeps !== kept || line.keyless !== keylessBefore) return true;
    return line.state !== stateBefore || line.settledAt !== settledBefore;
  }

  return {
    id: event.id,
    change: event.change,
    targets: event.targets,
    seq: event.seq,
    acceptedAt: event.acceptedAt,
    about,
    sinceAcceptedMs: sinceAccepted,
    // A clock that was set back since then lengthens no budget.
    budgetEndsAt: Math.min(event.acceptedAt, now()) + budgetMs,

    looked(discovered, unlisted, neverAsked = new Set()) {
      if (ended) return [];
      hasLooked = true;
      discovery = discovered.lines;
      const inDns = new Map(discovered.addresses.map((address) => [address.key, address]));
      const byLease = new Map(unlisted.map((pod) => [pod.address.key, pod]));
      const live = new Map([...unlisted.map(({ address }) => [address.key, address] as const), ...inDns]);
      sawAll = discovered.unanswered.length === 0;
      for (const [key, line] of lines.entries()) {
        const done = line.settledAt !== undefined || line.state === 'told';
        if (sawAll && !live.has(key) && !done && !line.left) lines.change(line, markGone);
      }
      const toPush: PodAddress[] = [];
      for (const [key, address] of live) {
        const line = lines.get(key);
        const found = {
          inDns: inDns.has(key),
          leftService: !inDns.has(key) && byLease.get(key)?.leftService === true,
          neverAsked: neverAsked.has(address.ip),
        };
        if (line) Object.assign(line, found);
        if (!line || line.left) {
          const knownAs = nameAt(address.ip);
          const added = newLine({ address, knownAs, ...found, at: sinceAccepted() });
          lines.set(key, added);
          const instance = inDns.has(key) ? '' : byLease.get(key)?.instance;
          if (instance) lines.name(added, { name: added.name, instance });
          toPush.push(address);
        }
      }
      endIfOver();
      return toPush;
    },

    awaitsSettled(key) {
      const line = lines.get(key);
      return line?.state === 'applied' && line.settledAt === undefined;
    },

    wants(key) {
      const state = lines.get(key)?.state;
      return state !== undefined && state !== 'applied' && state !== 'told' && state !== 'gone';
    },

    attempted(key, attempt, epoch = '', again = false) {
      const line = lines.get(key);
      if (!line) return;
      line.attempts += 1;
      line.lastAt = sinceAccepted();
      const restarted = attempt.answer !== undefined && lines.name(line, attempt.answer.pod);
      lines.change(line, () => {
        if (restarted) markRestarted(line, sinceAccepted());
        line.keeps = attempt.answer?.keeps ?? line.keeps;
        line.keyless = attempt.answer?.keyless ?? line.keyless;
        if (attempt.answer?.ok && covers(attempt.answer.cursor, epoch, event.seq)) {
          const reason = attempt.state === 'applied' ? attempt.reason : undefined;
          if (line.state !== 'applied') markApplied(line, sinceAccepted(), { caughtUp: false, reason });
          if (covers(attempt.answer.settled, epoch, event.seq)) settle(line, attempt.answer);
        } else if (line.state !== 'applied') {
          if (again) markAskedAgain(line, attempt);
          else markAttempted(line, attempt);
        }
      });
      endIfOver();
    },

    heard(news) {
      if (ended) return false;
      const moved = lines.of(news.pod).filter((line) => hear(line, news));
      if (moved.length > 0) endIfOver();
      return moved.length > 0;
    },

    toVisit(key, pages) {
      const line = lines.get(key);
      if (ended || line?.state !== 'applied' || line.visits !== undefined) return [];
      const all = [...new Set([...paths, ...pages.filter((page) => !isAmong(page, paths))])];
      const wanted = all.slice(0, messageLimits.visitPaths);
      if (wanted.length === 0) return [];
      line.visits = new Map(wanted.map((path) => [path, null]));
      toCome += wanted.length;
      return wanted;
    },

    visited(key, visit) {
      if (ended) return;
      toCome -= 1;
      const line = lines.get(key);
      if (line?.visits?.has(visit.path))
        line.visits.set(visit.path, asWanted(visit, event.targets, paths[0]));
      endIfOver();
    },

    state,

    isComplete: () => lines.countOf('applied') + lines.countOf('told') === lines.count(),

    answeredOnce: () => ended !== null || (hasLooked && lines.countOf('asked') === 0),

    finish(reason) {
      if (ended) return;
      for (const line of lines.all()) lines.change(line, markOver);
      end(reason ?? (hasLooked ? undefined : neverLooked));
    },

    isFinal: () => ended !== null,
    lineCount: () => lines.count(),
    report: () => ended ?? report(false),
  };
}

/** Addresses of pages, in the order in which the event names them. */
function pathsOf(targets: readonly Target[]): string[] {
  const paths = targets.flatMap((target) => ('path' in target && !('scope' in target) ? target.path : []));
  return [...new Set(paths)].slice(0, messageLimits.visitPaths);
}

/** WordPress ends its addresses with a slash, and most apps do not. */
function isAmong(page: string, paths: readonly string[]): boolean {
  const plain = (path: string) => path.replace(/(.)\/+$/, '$1');
  return paths.some((path) => plain(path) === plain(page));
}
