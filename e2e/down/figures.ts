import { isInWindow, type Seen } from './judge.ts';
import { limits } from './limits.ts';
import { isError, placeKey } from './readers.ts';

/** What was measured, a line each. */
export function figuresOf({ reads, suddenEndsAtMs, outage }: Seen): string[] {
  const { downAtMs, untilMs, upAtMs, takenDown, before, newAtMs, settledAtMs } = outage;
  const during = reads.filter(({ beganAtMs }) => beganAtMs >= downAtMs && beganAtMs < untilMs);
  const shows = (one: { path: string; beganAtMs: number }) =>
    takenDown.paths.has(one.path) && one.beganAtMs > takenDown.acceptedAtMs;
  const others = during.filter((one) => !shows(one));
  const old = others.filter((one) => one.content === before.get(placeKey(one))?.content);
  const former = during.filter(
    (one) => shows(one) && one.status === 200 && one.content === before.get(placeKey(one))?.content,
  );
  const errorsInWindow = reads.filter((one) => isError(one) && isInWindow(one, suddenEndsAtMs)).length;
  const waits = [...newAtMs.values()].map((at) => at - upAtMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN);
  const lastFormerMs = Math.max(0, ...former.map(({ endedAtMs }) => endedAtMs - takenDown.acceptedAtMs));
  const reading = others.map(({ beganAtMs, endedAtMs }) => endedAtMs - beganAtMs).sort((a, b) => a - b);
  const readingAt = (share: number) =>
    Math.round(reading[Math.floor((reading.length - 1) * share)] ?? Number.NaN);
  return [
    `WordPress was away for ${Math.round((upAtMs - downAtMs) / 1000)} s. In the ${limits.suddenWindowMs / 1000} s in which it ended right behind a save, ${suddenEndsAtMs.length} times: ${errorsInWindow} errors.`,
    `${reads.length} reads, ${during.length} of them meanwhile: ${others.filter(isError).length} errors, ${old.length} of ${others.length} the page as it was, within ${readingAt(0.5)} ms (p50) and ${readingAt(0.99)} ms (p99).`,
    `What showed the post that was taken down (${[...takenDown.paths].join(', ')}) was given ${former.length} times more as it was, for the last time ${Math.round(lastFormerMs)} ms after the bridge had the event.`,
    `${waits.length} of ${before.size} pages of pods were new after ${at(0.5)} ms (p50), ${at(0.95)} ms (p95) and ${at(1)} ms (all).`,
    `All pods had settled ${settledAtMs === null ? 'never' : `after ${Math.round(settledAtMs - upAtMs)} ms`}.`,
  ];
}
