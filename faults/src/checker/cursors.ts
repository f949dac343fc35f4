import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** Within one life and one epoch neither cursor nor settled ever goes back. */
export function cursorsOnlyRise({ of }: Evidence): Verdict {
  const last = new Map<string, { epoch: string; seq: number }>();
  const faults: string[] = [];
  let judged = 0;
  for (const { instance, status, ip, ...standing } of of('probe')) {
    if (instance === '' || status === 0) continue;
    for (const which of ['cursor', 'settled'] as const) {
      const now = standing[which];
      if (now === null) continue;
      const before = last.get(`${which} ${instance}`);
      judged += 1;
      if (before?.epoch === now.epoch && before.seq > now.seq) {
        faults.push(`The ${which} of the pod at ${ip} went back from ${before.seq} to ${now.seq}.`);
      }
      last.set(`${which} ${instance}`, now);
    }
  }
  return {
    assertion: 'No cursor goes back within an epoch',
    judged,
    faults,
    figures: [`${judged} cursors read from probes`],
  };
}
