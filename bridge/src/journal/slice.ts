import { limits as messageLimits, type Target } from '@everypod/contract';

/** What a pod has missed, as far as it is told in one answer. */
export type Slice = { upTo: number; targets: Target[]; more?: true };

/**
 * The oldest slice of what was missed, which is all of it where that is no more than one; null where it is too much to
 * spell out. All targets of one number stay together, so that the next slice can begin behind it.
 * @param seqs the number of each target, which rise
 * @param inSlices without, all calls are counted alike, as 0.1.0 does
 */
export function firstSlice(
  targets: Target[],
  seqs: readonly number[],
  { head, inSlices }: { head: number; inSlices: boolean },
): Slice | null {
  const tags = targets.filter((target) => 'tag' in target).length;
  const calls = targets.reduce((sum, target) => sum + callsOf(target), 0);
  const whole = { upTo: head, targets };
  if (!inSlices) return tags + calls > messageLimits.callsInOnePiece ? null : whole;
  if (calls > messageLimits.callsBeforeEverything || tags > messageLimits.tagsBeforeEverything) return null;
  const end = endOfSlice(targets, seqs);
  if (end === targets.length) return whole;
  return { upTo: seqs[end - 1] ?? head, targets: targets.slice(0, end), more: true };
}

function endOfSlice(targets: readonly Target[], seqs: readonly number[]): number {
  const { callsPerSlice, tagsPerSlice } = messageLimits;
  let [size, calls, end] = [0, 0, 0];
  for (const [nth, target] of targets.entries()) {
    calls += callsOf(target);
    size += Math.max(1, callsOf(target));
    if (seqs[nth] === seqs[nth + 1]) continue;
    // An event that is too much for a pod by itself is a slice of its own, and everything there.
    if (calls > callsPerSlice && end > 0) break;
    end = nth + 1;
    if (size >= tagsPerSlice || calls > callsPerSlice) break;
  }
  return end;
}

/** Calls into Next.js, beside those for tags, once a pod has spelled it out: with and without slash, and each way to write a byte. */
function callsOf(target: Target): number {
  if ('tag' in target) return 0;
  if (!('path' in target) || 'scope' in target) return 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII has several spellings
  return /%|[^\x00-\x7f]/.test(target.path) ? 8 : 2;
}
