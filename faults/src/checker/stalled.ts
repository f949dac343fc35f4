import { limits } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** A machine too busy to run the suite would excuse everything: then the run proves nothing. */
export function stalledShareOf({ of, records }: Evidence): Verdict {
  const lengthMs = (records.at(-1)?.at ?? 0) - (records[0]?.at ?? 0);
  const byProcess = Map.groupBy(of('stalled'), ({ process }) => process);
  const frozenMs = new Map<string, number>();
  const begun = new Map<string, number>();
  for (const { what, process, at } of [...of('frozen'), ...of('thawed')].sort((a, b) => a.at - b.at)) {
    if (what === 'frozen') begun.set(process, at);
    else frozenMs.set(process, (frozenMs.get(process) ?? 0) + at - (begun.get(process) ?? at));
  }
  const shares = [...byProcess].map(([process, stalls]) => {
    const stalledMs = stalls.reduce((sum, { from, at }) => sum + at - from, 0) - (frozenMs.get(process) ?? 0);
    return { process, share: Math.max(0, stalledMs) / Math.max(1, lengthMs) };
  });
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return {
    name: 'stalled',
    assertion: 'The machine ran the suite itself for nearly all of the time',
    judged: 1,
    faults: shares
      .filter(({ share }) => share > limits.stalledShare)
      .map(
        ({ process, share }) =>
          `${process} did not get to run for ${percent(share)} of the time; use a less busy machine.`,
      ),
    figures: [
      `${percent(Math.max(0, ...shares.map(({ share }) => share)))} at most was spent waiting for a processor`,
    ],
  };
}
