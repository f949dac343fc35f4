import type { Cursor } from '@everypod/contract';
import { limits } from '../limits.ts';
import type { Applications } from './applications.ts';
import type { Evidence, SavedEvent } from './evidence.ts';
import type { Verdict } from './verdict.ts';

type Placed = { event: SavedEvent; epoch: string; seq: number };

/**
 * A cursor says "all up to here was applied": so whatever pod has a cursor at or above an event's place in the journal
 * has applied that event, or was built from newer content. This holds at every moment, without any bound; but not for
 * events that the journal's own disk has lost, of which the bridge knows nothing until some pod proves it, nor for
 * cursors that were lost with them: by those the bridge goes for no event (docs/decisions/a-journal-jumps-ahead-in-each-life.md).
 */
export function cursorsCoverOnlyWhatWasApplied(evidence: Evidence, applications: Applications): Verdict {
  const { lives, of } = evidence;
  const losses = of('gone back');
  const inOrder = placed(evidence);
  const isOfLostLife = lostLives(evidence, inOrder);
  const byEpoch = Map.groupBy(inOrder, ({ epoch }) => epoch);
  for (const its of byEpoch.values()) its.sort((one, other) => one.seq - other.seq);
  const probes = Map.groupBy([...of('probe'), ...of('answered')], ({ instance }) => instance);
  const faults: string[] = [];
  let judged = 0;
  let lost = 0;
  let ofLostCursors = 0;
  for (const { instance, pod, ip, contentFrom } of lives.filter(({ logs }) => logs)) {
    const done = new Map<string, number>();
    for (const { cursor, at } of probes.get(instance) ?? []) {
      if (cursor === null) continue;
      const events = byEpoch.get(cursor.epoch) ?? [];
      let next = done.get(cursor.epoch) ?? 0;
      for (let it = events[next]; it && it.seq <= cursor.seq; it = events[next]) {
        next += 1;
        const { event, seq } = it;
        const { acceptedAt, savedAt } = event;
        if (acceptedAt === null || acceptedAt > at || contentFrom > savedAt) continue;
        if (losses.some((loss) => loss.since <= acceptedAt && savedAt <= loss.at && loss.at <= at)) {
          lost += 1;
          continue;
        }
        if (isOfLostLife(cursor, at, acceptedAt)) {
          ofLostCursors += 1;
          continue;
        }
        judged += 1;
        const appliedAt = applications.firstOf(instance, event.targets, event.savedAt);
        if (appliedAt !== null && appliedAt <= at) continue;
        faults.push(
          `The cursor of ${pod} (${ip}) is at ${cursor.seq}, but it has not applied ${event.id} at ${seq}.`,
        );
      }
      done.set(cursor.epoch, next);
    }
  }
  return {
    name: 'cursors cover',
    assertion: 'A cursor never covers an event that its pod has not applied',
    judged,
    faults,
    figures: [
      `${judged} pairs of cursor and event`,
      ...(lost > 0 ? [`${lost} not: the journal's disk had lost the event meanwhile`] : []),
      ...(ofLostCursors > 0
        ? [`${ofLostCursors} not: the journal's disk had lost what the cursor stands for`]
        : []),
    ],
  };
}

/**
 * Whether a cursor is of a life of the journal that its disk had lost, and the event of the one after it: in the epoch that
 * both share, the journal has not given the cursor's number since. It lies above all that it gave, or where it jumped ahead.
 */
function lostLives({ of }: Evidence, events: readonly Placed[]) {
  const losses = of('gone back').map(({ at }) => at);
  const lastLossBefore = (time: number) => losses.findLast((loss) => loss <= time) ?? 0;
  const lifeOf = (epoch: string, at: number) => `${epoch} ${lastLossBefore(at)}`;
  const heads = of('head');
  const beganAt = new Map(heads.toReversed().map(({ epoch, at }) => [epoch, at]));
  const accepted = events.map(({ epoch, seq, event }) => ({ epoch, seq, at: event.acceptedAt ?? 0 }));
  const given = Map.groupBy([...heads, ...accepted], ({ epoch, at }) => lifeOf(epoch, at));
  const numbers = new Map([...given].map(([life, its]) => [life, its.map(({ seq }) => seq).sort(byNumber)]));
  return ({ epoch, seq }: Cursor, at: number, acceptedAt: number) => {
    const loss = lastLossBefore(at);
    if (loss <= (beganAt.get(epoch) ?? 0) || acceptedAt < loss) return false;
    const its = numbers.get(lifeOf(epoch, at)) ?? [];
    const next = its.findIndex((number) => number >= seq);
    const [before = 0, after = Number.POSITIVE_INFINITY] = [its[next - 1], its[next]];
    return after > seq && after - before >= limits.journalJumpsLeast;
  };
}

const byNumber = (one: number, other: number) => one - other;

/** Events whose epoch is beyond doubt: the journal told the same one before and after their acceptance. */
function placed({ events, of }: Evidence): Placed[] {
  const heads = of('head');
  const seqOf = new Map(of('accepted').flatMap(({ id, seq }) => (seq === null ? [] : [[id, seq] as const])));
  let next = 0;
  return [...events]
    .filter(({ acceptedAt }) => acceptedAt !== null)
    .sort((one, other) => (one.acceptedAt ?? 0) - (other.acceptedAt ?? 0))
    .flatMap((event) => {
      while ((heads[next]?.at ?? Number.POSITIVE_INFINITY) < (event.acceptedAt ?? 0)) next += 1;
      // What was saved between two looks was also appended between them.
      let before = next - 1;
      while (before > 0 && (heads[before]?.at ?? 0) > event.savedAt) before -= 1;
      const [first, last] = [heads[before]?.epoch, heads[next]?.epoch];
      const seq = seqOf.get(event.id);
      return first !== undefined && first === last && seq !== undefined ? [{ event, epoch: first, seq }] : [];
    });
}
