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
  const frames = [before, after].map(({ truths }) => truths.get('/')?.frame);
  for (const path of addresses) {
    const [then, now] = [before.truths.get(path), after.truths.get(path)];
    // What is around a page that is not found is put there by its scripts.
    const changed = !same(then, now) || (now?.frame === '' && frames[0] !== frames[1]);
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
