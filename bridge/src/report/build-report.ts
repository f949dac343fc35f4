import {
  type DiscoveryLine,
  type EventState,
  limits as messageLimits,
  type PodLine,
  type Report,
  type Target,
} from '@everypod/contract';
import type { StoredEvent } from '../journal/journal.ts';
import { limits } from '../limits.ts';
import { neverAskedReason } from '../pods/never-asked.ts';
import { keylessReason } from './keyless-reason.ts';
import type { Line } from './line.ts';
import { visitsOf } from './visits-of-line.ts';

type Known = {
  event: StoredEvent;
  state: EventState;
  final: boolean;
  discovery: DiscoveryLine[];
  hasLooked: boolean;
  lines: readonly Line[];
  finishReason: string | undefined;
  /** In milliseconds since the event was accepted. */
  now: number;
};

/** What each pod answered for one event, in the words of the contract. */
export function buildReport({
  event,
  state,
  final,
  discovery,
  hasLooked,
  lines,
  finishReason,
  now,
}: Known): Report {
  const each = eachInstanceOnce(lines);
  const visitLines = Math.floor(limits.visitLinesPerReport / Math.max(1, each.length));
  const { targets } = event;
  const told = {
    now,
    final,
    targets,
    visitLines: Math.min(messageLimits.visitLines, Math.max(1, visitLines)),
  };
  const pods = each.map((line) => podLine(line, event.acceptedAt, told));
  const reason = finishReason ?? (hasLooked && pods.length === 0 ? noPodsReason(discovery) : undefined);
  return {
    id: event.id,
    state,
    final,
    seq: event.seq,
    acceptedAt: new Date(event.acceptedAt).toISOString(),
    targets: event.targets,
    discovery,
    pods,
    counts: countLines(pods),
    ...(reason ? { reason } : {}),
  };
}

type Told = { now: number; final: boolean; targets: readonly Target[]; visitLines: number };

function podLine(line: Line, acceptedAt: number, { now, final, targets, visitLines }: Told): PodLine {
  const { visits, name, ip, instance, state, askedAt, lastAt, attempts, caughtUpAt, settledAt, settledBy } =
    line;
  const reason = reasonOf(line, targets);
  const toTime = (at: number) => new Date(acceptedAt + at).toISOString();
  return {
    name,
    ip,
    instance,
    state,
    ms: Math.max(0, Math.round((lastAt ?? now) - askedAt)),
    attempts,
    ...(reason ? { reason } : {}),
    ...(caughtUpAt === undefined ? {} : { caughtUpAt: toTime(caughtUpAt) }),
    ...(settledAt === undefined ? {} : { settledAt: toTime(settledAt) }),
    ...(settledBy?.how && { how: settledBy.how }),
    ...(settledBy?.held && { held: settledBy.held }),
    ...(isKeeping(line) && { keeps: true }),
    ...(visits && { visits: visitsOf(visits, { over: final, atMost: visitLines }) }),
  };
}

/** That a pod has never asked is said of all but those that may not have had the time. */
function reasonOf(line: Line, targets: readonly Target[]): string {
  const { state, reason, neverAsked, keyless } = line;
  const silent = neverAsked && !['asked', 'starting', 'gone'].includes(state);
  const said = [
    reason,
    isKeeping(line) ? keepsReason : undefined,
    silent ? neverAskedReason : undefined,
    state === 'applied' ? keylessReason(keyless, targets) : undefined,
  ];
  return said.filter((part) => part !== undefined).join(' ');
}

function isKeeping({ state, settledAt, keeps }: Line): boolean {
  return keeps && state === 'applied' && settledAt === undefined;
}

const keepsReason =
  'Old: WordPress can’t be reached from this pod, so its visitors get the pages as they were until it can.';

/** A pod with an IPv4 and an IPv6 address is one pod: its best line stands for it. Who is unknown stands for itself. */
function eachInstanceOnce(lines: readonly Line[]): Line[] {
  const best = new Map<string | Line, Line>();
  for (const line of lines) {
    const pod = line.instance || line;
    const other = best.get(pod);
    if (!other || (other.state !== 'applied' && line.state === 'applied')) best.set(pod, line);
  }
  return [...best.values()];
}

export function countLines(pods: readonly PodLine[]): Report['counts'] {
  const counts: Required<Report['counts']> = {
    pods: pods.length,
    asked: 0,
    applied: 0,
    behind: 0,
    refused: 0,
    failed: 0,
    unreachable: 0,
    starting: 0,
    gone: 0,
    told: 0,
    settled: 0,
  };
  for (const { state, settledAt } of pods) {
    counts[state] += 1;
    if (settledAt) counts.settled += 1;
  }
  return counts;
}

function noPodsReason(discovery: readonly DiscoveryLine[]): string {
  const reasons = discovery.map(({ reason }) => reason).filter((reason) => reason !== undefined);
  return ['No pods: there was nobody to push this to.', ...reasons].join(' ');
}
