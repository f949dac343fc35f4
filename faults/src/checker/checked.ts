import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** What was checked on the spot, such as an accepted event that has to be in the journal after a kill. */
export function checkedOnTheSpot({ of }: Evidence, name: string, assertion: string): Verdict {
  const checked = of('checked').filter((record) => record.name === name);
  return {
    name,
    assertion,
    judged: checked.length,
    ...(checked.length === 0 && { skipped: 'it did not come to that in this run; run it longer' }),
    faults: checked.filter(({ ok }) => !ok).map(({ detail }) => detail),
    figures: [`${checked.length} times`],
  };
}
