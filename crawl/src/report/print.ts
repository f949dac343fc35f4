import type { Action } from '../actions/action.ts';
import type { Arguments } from '../arguments.ts';
import type { Copy } from '../copies/copy.ts';
import { type Round, same } from '../copies/round.ts';
import type { Delivered } from '../deliveries/deliveries.ts';
import { limits } from '../limits.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { keysOf } from './keys.ts';

export type Outcome = {
  action: Action;
  delivered: Delivered;
  before: Round;
  after: Round;
  verdict: Verdict;
  /** Why it could not be done. */
  failed: string | undefined;
  /** How long it took to do, to be settled everywhere, and to be looked at. */
  ms: Record<'act' | 'settle' | 'read', number>;
};

export function printOutcome(outcome: Outcome, { lines }: Arguments): void {
  const { action, delivered, verdict, failed, after, ms } = outcome;
  const { changed, stale, needless } = verdict;
  const sent = delivered.events.map(({ change }) => change).join(', ') || 'nothing sent';
  const counts = `changed ${changed.length}, stale ${stale.length}, needless ${needless.length}`;
  console.log(
    `${action.name} (${action.way}): ${counts}; ${sent}${delivered.how === 'late' ? ', not settled in time' : ''}; ${Object.values(
      ms,
    )
      .map((one) => (one / 1000).toFixed(1))
      .join(' + ')} s`,
  );
  if (failed !== undefined) console.log(`  COULD NOT BE DONE: ${failed.slice(0, limits.shownCharacters)}`);
  if (stale.length > 0) console.log(`  stale: ${some(stale)}`);
  if (needless.length > 0) console.log(`  needless: ${some(needless)}`);
  if (changed.length === 0 && failed === undefined) console.log('  No page changed.');
  if (!lines) return;
  if (delivered.events.length > 0) console.log(`    named: ${keysOf(delivered)}`);
  for (const path of stale.slice(0, limits.shownPages)) {
    const copies = after.copies.map((each) => each.get(path));
    const truth = after.truths.get(path);
    const old = copies.find((copy) => !same(copy, truth));
    console.log(`    ${path}: ${difference(allOf(old), allOf(truth))}`);
  }
}

/** Whether more pages were made anew that have the text that they had than others. */
export function mostlyNeedless(outcomes: readonly Outcome[]): boolean {
  return sumOf(outcomes, ({ needless }) => needless) > sumOf(outcomes, ({ needed }) => needed);
}

/** In one sentence, over all actions. */
export function totalsOf(outcomes: readonly Outcome[]): string {
  const sum = (of: (verdict: Verdict) => string[]) => sumOf(outcomes, of);
  const old = outcomes.filter(({ verdict }) => verdict.stale.length > 0).length;
  return [
    `In ${outcomes.length} actions ${sum(({ changed }) => changed)} pages changed; ${sum(({ stale }) => stale)} were old, in ${old} actions;`,
    `${sum(({ needed }) => needed)} were made anew as they had to be, and ${sum(({ needless }) => needless)} needlessly.`,
  ].join(' ');
}

function sumOf(outcomes: readonly Outcome[], of: (verdict: Verdict) => string[]): number {
  return outcomes.reduce((total, { verdict }) => total + of(verdict).length, 0);
}

export function printTotals(outcomes: readonly Outcome[]): void {
  console.log(`\n${totalsOf(outcomes)}`);
  const failed = outcomes.filter((outcome) => outcome.failed !== undefined);
  if (failed.length > 0)
    console.log(`Could not be done: ${failed.map(({ action }) => action.name).join('; ')}`);
  const idle = outcomes.filter(
    ({ verdict, failed: why }) => why === undefined && verdict.changed.length === 0,
  );
  if (idle.length > 0) console.log(`Changed no page: ${idle.map(({ action }) => action.name).join('; ')}`);
}

function some(paths: string[]): string {
  const shown = paths.slice(0, limits.shownPages).join(' ');
  return paths.length > limits.shownPages ? `${shown} and ${paths.length - limits.shownPages} more` : shown;
}

/** Where two texts part, with a little of both. */
function difference(old: string, truth: string): string {
  let at = 0;
  while (at < old.length && old[at] === truth[at]) at += 1;
  const from = Math.max(0, at - 40);
  return `“${old.slice(from, at + 80)}” should be “${truth.slice(from, at + 80)}”`.replace(/\s+/g, ' ');
}

const allOf = (copy: Copy | undefined) => `${copy?.status} ${copy?.frame} ${copy?.text}`;
