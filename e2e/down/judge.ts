import { limits } from './limits.ts';
import type { Outage } from './outage.ts';
import { placeKey, type Read } from './readers.ts';
import type { Standing } from './standings.ts';

export type Seen = { reads: readonly Omit<Read, 'html'>[]; standings: readonly Standing[]; outage: Outage };

/** Whoever could read a page is given an error, or nothing. */
export const isError = ({ status }: { status: number }) => status === 0 || status >= 500;

/** @returns what went wrong, in a sentence each */
export function judge({ reads, standings, outage }: Seen, pods: readonly { name: string }[]): string[] {
  const { takenDown, before, final, newAtMs, upAtMs } = outage;
  const sinceDown = (atMs: number) =>
    `${((atMs - outage.downAtMs) / 1000).toFixed(1)} s after WordPress ended`;
  const wrong: string[] = [];
  const told = firstToldBy(standings);
  const isOld = (one: Omit<Read, 'html'>) => {
    const key = placeKey(one);
    const was = before.get(key)?.content;
    return one.status === 200 && one.content === was && was !== final.get(key)?.content;
  };
  for (const one of reads) {
    const place = `${one.pod} answered ${one.path} with ${one.status}, ${sinceDown(one.beganAtMs)}`;
    const isTaken = one.path === takenDown.path && one.beganAtMs > takenDown.acceptedAtMs;
    if (!isTaken && isError(one)) wrong.push(`${place}.`);
    if (isTaken && one.status === 200 && one.beganAtMs > takenDown.acceptedAtMs + limits.boundMs)
      wrong.push(`${place}: it was taken down.`);
    if (!isOld(one)) continue;
    if (one.beganAtMs > told(one.pod, 'settled', outage.lastSeq))
      wrong.push(`${place}: the page from before, though it had settled.`);
    const seq = outage.seqOfPath.get(one.path) ?? Number.POSITIVE_INFINITY;
    if (one.beganAtMs > told(one.pod, 'cursor', seq) && (one.sharedForSeconds ?? 0) > 1)
      wrong.push(`${place}: the page from before, which others may keep for ${one.sharedForSeconds} s.`);
  }
  const firstSeq = Math.min(...outage.seqOfPath.values());
  for (const { name } of pods) {
    const settledAtMs = told(name, 'settled', firstSeq);
    if (settledAtMs < outage.untilMs)
      wrong.push(`${name} said that it had settled, ${sinceDown(settledAtMs)}.`);
  }
  for (const [key, was] of before) {
    if (was.path === takenDown.path) continue;
    const at = newAtMs.get(key);
    if (at === undefined || at - upAtMs > limits.newMs)
      wrong.push(
        `${key} was ${at === undefined ? 'never' : `only after ${Math.round(at - upAtMs)} ms`} new.`,
      );
    const [one] = pods;
    const other = final.get(placeKey({ pod: one?.name ?? '', path: was.path }));
    if (final.get(key)?.content !== other?.content) wrong.push(`${key} is not as on ${one?.name}.`);
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
