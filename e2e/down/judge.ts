import { limits } from './limits.ts';
import type { Outage } from './outage.ts';
import { isError, placeKey, type Read } from './readers.ts';
import type { Standing } from './standings.ts';

export type Seen = {
  reads: readonly Omit<Read, 'html'>[];
  standings: readonly Standing[];
  /** When WordPress was ended right behind a save. */
  suddenEndsAtMs: readonly number[];
  outage: Outage;
};

/** Whether it was asked while no pod could know yet that WordPress had ended. */
export function isInWindow(one: Pick<Read, 'beganAtMs' | 'endedAtMs'>, endsAtMs: readonly number[]): boolean {
  return endsAtMs.some((at) => one.endedAtMs > at && one.beganAtMs < at + limits.suddenWindowMs);
}

/** @returns what went wrong, in a sentence each */
export function judge(
  { reads, standings, suddenEndsAtMs, outage }: Seen,
  pods: readonly { name: string }[],
): string[] {
  const { takenDown, before, final, newAtMs, upAtMs } = outage;
  // Less than 0 where it ended suddenly before.
  const sinceDown = (atMs: number) => `at ${((atMs - outage.downAtMs) / 1000).toFixed(1)} s of the outage`;
  const wrong: string[] = [];
  const told = firstToldBy(standings);
  const isOld = (one: Omit<Read, 'html'>) => {
    const key = placeKey(one);
    const was = before.get(key)?.content;
    return one.status === 200 && one.content === was && was !== final.get(key)?.content;
  };
  for (const one of reads) {
    const place = `${one.pod} answered ${one.path} with ${one.status}, ${sinceDown(one.beganAtMs)}`;
    const isTaken = takenDown.paths.has(one.path) && one.beganAtMs > takenDown.acceptedAtMs;
    if (!isTaken && isError(one) && !isInWindow(one, suddenEndsAtMs)) wrong.push(`${place}.`);
    const isFormer = one.status === 200 && one.content === before.get(placeKey(one))?.content;
    const isLate = one.beganAtMs > takenDown.acceptedAtMs + limits.boundMs && one.endedAtMs < outage.untilMs;
    if (isTaken && isFormer && isLate)
      wrong.push(`${place}: the page from before, which shows what was taken down.`);
    if (!isOld(one)) continue;
    if (one.beganAtMs > told(one.pod, 'settled', outage.lastSeq))
      wrong.push(`${place}: the page from before, though it had settled.`);
    const seq = outage.seqOfPath.get(one.path) ?? Number.POSITIVE_INFINITY;
    if (one.beganAtMs > told(one.pod, 'cursor', seq) && (one.sharedForSeconds ?? 0) > 1)
      wrong.push(`${place}: the page from before, which others may keep for ${one.sharedForSeconds} s.`);
  }
  if (!takenDown.paths.has(takenDown.path)) wrong.push(`No event said that ${takenDown.path} vanishes.`);
  const firstSeq = Math.min(...outage.seqOfPath.values());
  for (const { name } of pods) {
    const settledAtMs = told(name, 'settled', firstSeq);
    if (settledAtMs < outage.untilMs)
      wrong.push(`${name} said that it had settled, ${sinceDown(settledAtMs)}.`);
  }
  for (const [key, was] of before) {
    const end = final.get(key);
    if (end?.content === was.content) continue;
    const at = newAtMs.get(key);
    if (at === undefined || at - upAtMs > limits.newMs)
      wrong.push(
        `${key} was ${at === undefined ? 'never' : `only after ${Math.round(at - upAtMs)} ms`} new.`,
      );
    const [one] = pods;
    const other = final.get(placeKey({ pod: one?.name ?? '', path: was.path }));
    if (end?.content !== other?.content) wrong.push(`${key} is not as on ${one?.name}.`);
  }
  if (outage.settledAtMs === null) wrong.push('The pods had not settled when the time for it was over.');
  if (outage.keeping !== pods.length)
    wrong.push(`${outage.keeping} of ${pods.length} pods said that WordPress can’t be reached.`);
  return wrong;
}

/** When a pod was first seen to have got so far; never is endless. */
function firstToldBy(standings: readonly Standing[]) {
  const known = new Map<string, number>();
  return (pod: string, what: 'cursor' | 'settled', seq: number): number => {
    const key = `${pod} ${what} ${seq}`;
    const at =
      known.get(key) ??
      standings.find(({ pods }) => pods.some((one) => one.name === pod && (one[what]?.seq ?? -1) >= seq))
        ?.atMs ??
      Number.POSITIVE_INFINITY;
    known.set(key, at);
    return at;
  };
}
