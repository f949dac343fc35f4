import { type Round, same } from '../copies/round.ts';
import { addresses } from '../pages/addresses.ts';

/** What an action did to the pages; each is named once, whichever pod it was on. */
export type Verdict = {
  /** Another text than before, if it were made now. */
  changed: string[];
  /** Not what it would be if it were made now, on some pod. */
  stale: string[];
  /** Changed, and made anew on some pod. */
  needed: string[];
  /** As it was, and made anew all the same. */
  needless: string[];
};

export function judge(before: Round, after: Round): Verdict {
  const verdict: Verdict = { changed: [], stale: [], needed: [], needless: [] };
  for (const path of addresses) {
    const changed = !same(before.truths.get(path), after.truths.get(path));
    const made = after.copies.some(
      (copies, at) => copies.get(path)?.made !== before.copies[at]?.get(path)?.made,
    );
    const stale = after.copies.some((copies) => !same(copies.get(path), after.truths.get(path)));
    if (changed) verdict.changed.push(path);
    if (stale) verdict.stale.push(path);
    if (made) (changed ? verdict.needed : verdict.needless).push(path);
  }
  return verdict;
}
