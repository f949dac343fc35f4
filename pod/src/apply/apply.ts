import type { Target } from '@everypod/contract';
import type { Announcement } from '../guard/shared-store.ts';
import type { Hindrance } from './hindrance.ts';
import type { Invalidator } from './invalidator.ts';
import { type Call, type Cannot, notReached, planOf, planOfEverything, type Site } from './plan.ts';
import { type TopicFailure, type Topics, tellTopics } from './topics.ts';

/**
 * `whole`: all that can be applied was; then, and only then, the cursor may move.
 * `topicsLeft`: the topics that failed where nothing else did, so that only they need to be told again.
 */
export type Applied = { cannot: Cannot[]; summary: string } & (
  | { whole: true }
  | { whole: false; reason: string; topicsLeft: readonly string[] | null }
);

export type Applying = {
  invalidator: Invalidator;
  site: () => Site;
  topics: Topics;
  hindrance: () => Hindrance | null;
  /** Told what there is no way to apply, whoever asked for it. */
  noteCannot: (some: readonly Cannot[]) => void;
  /** Told, before the framework, of what is taken away: nobody gets what was there before. */
  vanish: (calls: readonly Call[]) => void;
  /** The same where nobody knows what was taken away. */
  vanishAll: () => void;
  /** Told of each application of pages, in the request that makes it. */
  announce: (announcement: Announcement) => void;
  /** What is known of a store that pods share; left out, that it has to be told. */
  announcement?: Announcement | null;
};

/**
 * To be told, before everything is applied, of what has vanished that it doesn't name; null where nobody knows. It has no
 * calls of its own, since everything reaches it.
 */
export function noteVanished(applying: Applying, vanishing: readonly Target[] | null): void {
  if (vanishing === null) applying.vanishAll();
  else applying.vanish(planOf(vanishing, applying.site(), new Set()).vanishing);
}

/** All pages and every topic. Its first half is synchronous, see {@link applyTargets}. */
export function applyEverything(applying: Applying, targets: readonly Target[] = []): Promise<Applied> {
  const site = applying.site();
  const plan = planOf(targets, site, new Set(applying.topics.keys()));
  const every = planOfEverything(site);
  const calls = [...every.calls, ...(plan.tooMany ? [] : plan.calls)];
  const cannot = [...plan.cannot, ...every.cannot, ...pagesRouterLine(site)];
  applying.vanish(plan.vanishing);
  return perform(applying, calls, applying.topics.keys(), true, cannot);
}

/**
 * Applies targets; with too many of them, everything.
 * The framework is called before this function first gives way, so a handler that answers meanwhile loses no call.
 * No lock is needed: applying is idempotent, and a cursor moves in one synchronous step after it.
 */
export function applyTargets(applying: Applying, targets: readonly Target[]): Promise<Applied> {
  const plan = planOf(targets, applying.site(), new Set(applying.topics.keys()));
  applying.vanish(plan.vanishing);
  if (plan.tooMany) return applyEverything(applying);
  return perform(applying, plan.calls, plan.topics, false, plan.cannot);
}

/** Topics alone, where the pages that they came with have been applied before. */
export async function applyTopics(
  { topics }: Applying,
  names: readonly string[],
  everything: boolean,
): Promise<Applied> {
  const failed = await tellTopics(topics, names, everything);
  return appliedOf([], failed, { cannot: [], summary: `${names.length} topics` });
}

async function perform(
  { invalidator, topics, hindrance, noteCannot, announce, announcement }: Applying,
  calls: readonly Call[],
  names: Iterable<string>,
  everything: boolean,
  cannot: Cannot[],
): Promise<Applied> {
  noteCannot(cannot);
  const hindered = hindrance();
  const failures = calls.flatMap((call) => attempt(invalidator, call));
  if (hindered?.holdsBack === 'applied') failures.push(hindered.reason);
  const said = announcement ?? { covered: false, reaches: null, sinceMs: 0 };
  if (calls.length > 0) announce(failures.length === 0 ? said : { ...said, reaches: null });
  const failed = await tellTopics(topics, names, everything);
  return appliedOf(failures, failed, {
    cannot,
    summary: everything ? 'everything' : `${calls.length} calls`,
  });
}

function appliedOf(
  ofPages: readonly string[],
  ofTopics: readonly TopicFailure[],
  rest: { cannot: Cannot[]; summary: string },
): Applied {
  const [reason] = [...ofPages, ...ofTopics.map((failure) => failure.reason)];
  if (reason === undefined) return { whole: true, ...rest };
  const topicsLeft = ofPages.length > 0 ? null : [...new Set(ofTopics.map(({ topic }) => topic))];
  return { whole: false, reason, topicsLeft, ...rest };
}

function attempt(invalidator: Invalidator, call: Call): string[] {
  try {
    if ('tag' in call) invalidator.tag(call.tag);
    else invalidator.path(call.path, call.scope);
    return [];
  } catch (error) {
    return [`${'tag' in call ? call.tag : call.path} could not be invalidated: ${String(error)}`];
  }
}

function pagesRouterLine({ routes }: Site): Cannot[] {
  if (routes === null || routes.pages.length === 0 || routes.pagesReached) return [];
  const reason = `The pages of the Pages Router (${routes.pages.slice(0, 3).join(', ')}) stay, ${notReached}`;
  return [{ target: { path: '/', scope: 'layout' }, reason }];
}
