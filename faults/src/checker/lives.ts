import type { Record, RecordOf } from '../chronicle/record.ts';
import { joinSpans, overlaps, type Span, without } from './spans.ts';

/** One life of a pod process, and when the guarantee counted for it. */
export type Life = {
  instance: string;
  ip: string;
  pod: string;
  host: string;
  bornAt: number;
  contentFrom: number;
  logs: boolean;
  /** Behind the guard pages settle without a second application. */
  guarded: boolean;
  /** By how much its bounds are shorter than others'. */
  shorterMs: number;
  /** From a probe that passed to the last one that passed before one that failed. */
  ready: Span[];
  /** Frozen, or not given the processor. */
  notRunning: Span[];
  /** Of these, while a bridge was up, and this pod could reach it and was believed by it. */
  readyInReach: Span[];
};

/** Puts the lives together from what hosts, kubelet and harness wrote down. */
export function livesOf(records: readonly Record[]): Life[] {
  const end = records.at(-1)?.at ?? 0;
  const of = <What extends Record['what']>(what: What) =>
    records.filter((record): record is RecordOf<What> => record.what === what);
  const diedAt = new Map(of('died').map(({ instance, at }) => [instance, at]));
  const probes = Map.groupBy(of('probe'), ({ ip }) => ip);
  const reach = spansBetween(of('reach'), ({ inReach }) => inReach, end);
  const cuts = Map.groupBy([...of('cut off'), ...of('joined')], ({ ip }) => ip);
  const pauses = pausesOf(records, end);
  const harness = pauses.get('harness') ?? [];

  return of('born').map(({ instance, ip, pod, host, at, contentFrom, logs, guarded, shorterMs }) => {
    const ready = readySpans(probes.get(ip) ?? [], instance, diedAt.get(instance) ?? end);
    const cut = cutSpans([...(cuts.get(ip) ?? []), ...(cuts.get('*') ?? [])], end);
    return {
      instance,
      ip,
      pod,
      host,
      bornAt: at,
      contentFrom,
      logs,
      guarded,
      shorterMs,
      ready,
      // The harness plays kubelet: while it did not run, nobody probed.
      notRunning: joinSpans([...(pauses.get(host) ?? []), ...harness]),
      readyInReach: overlaps(
        ready,
        reach.flatMap((span) => without(span, cut)),
      ),
    };
  });
}

type Probe = RecordOf<'probe'>;

/** Probes of a pod that is ready count; one that fails, or meets another life, ends the span at the last that passed. */
function readySpans(probes: readonly Probe[], instance: string, diedAt: number): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  for (const probe of probes) {
    if (probe.at > diedAt) break;
    if (probe.status === 200 && probe.instance === instance) {
      open ??= { from: probe.at, to: probe.at };
      open.to = probe.at;
    } else if (open) {
      spans.push(open);
      open = null;
    }
  }
  if (open) spans.push(open);
  return spans.filter(({ from, to }) => from < to);
}

function spansBetween<T extends { at: number }>(
  marks: readonly T[],
  isOpen: (mark: T) => boolean,
  end: number,
) {
  const spans: Span[] = [];
  marks.forEach((mark, index) => {
    if (isOpen(mark)) spans.push({ from: mark.at, to: marks[index + 1]?.at ?? end });
  });
  return spans;
}

/** Several faults may cut one pod off at once: it is back when the last of them is over. */
function cutSpans(marks: readonly (RecordOf<'cut off'> | RecordOf<'joined'>)[], end: number): Span[] {
  const byReason = Map.groupBy(
    [...marks].sort((one, other) => one.at - other.at),
    ({ reason }) => reason,
  );
  return joinSpans(
    [...byReason.values()].flatMap((its) => spansBetween(its, ({ what }) => what === 'cut off', end)),
  );
}

function pausesOf(records: readonly Record[], end: number): Map<string, Span[]> {
  const frozenAt = new Map<string, number>();
  const pauses = new Map<string, Span[]>();
  const add = (process: string, span: Span) => pauses.set(process, [...(pauses.get(process) ?? []), span]);
  for (const record of records) {
    if (record.what === 'stalled') add(record.process, { from: record.from, to: record.at });
    else if (record.what === 'frozen') frozenAt.set(record.process, record.at);
    else if (record.what === 'thawed') {
      add(record.process, { from: frozenAt.get(record.process) ?? record.at, to: record.at });
      frozenAt.delete(record.process);
    }
  }
  for (const [process, from] of frozenAt) add(process, { from, to: end });
  return new Map([...pauses].map(([process, spans]) => [process, joinSpans(spans)]));
}
