import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** Within one life and one epoch neither cursor nor settled ever goes back. */
export function cursorsOnlyRise({ of }: Evidence): Verdict {
  const last = new Map<string, { epoch: string; seq: number }>();
  const faults: string[] = [];
  let judged = 0;
  const told = [...of('probe'), ...of('answered')].sort((one, other) => one.at - other.at);
  for (const { instance, ...standing } of told) {
    if (instance === '') continue;
    for (const which of ['cursor', 'settled'] as const) {
      const now = standing[which];
      if (now === null) continue;
      const before = last.get(`${which} ${instance}`);
      judged += 1;
      if (before?.epoch === now.epoch && before.seq > now.seq) {
        faults.push(`The ${which} of ${instance} went back from ${before.seq} to ${now.seq}.`);
      }
      last.set(`${which} ${instance}`, now);
    }
  }
  return {
    name: 'cursors rise',
    assertion: 'No cursor goes back within an epoch',
    judged,
    faults,
    figures: [`${judged} cursors read`],
  };
}
