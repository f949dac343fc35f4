import {
  connectionTestTopic,
  limits as messageLimits,
  plainTarget,
  type Target,
  targetKey,
  vanishes,
} from '@everypod/contract';
import { withKeyTags } from '../keys/key.ts';
import { callsOfOpen, closedReason, hasClosed } from './closed.ts';
import { withoutBasePath } from './plain-spelling.ts';
import { type Closed, foldersOf, isPattern, type Routes, routerOf } from './routes.ts';
import { spellingsOf } from './spellings.ts';

/** What the framework must be told for some targets. */
export type Plan = {
  calls: Call[];
  /** Those for what vanishes, whole whatever their number; each stands among `calls`, too. */
  vanishing: Call[];
  topics: string[];
  cannot: Cannot[];
  /** More calls than are cheaper than invalidating everything: `calls` is then incomplete. */
  tooMany: boolean;
};
export type Call = { path: string; scope?: 'page' | 'layout' } | { tag: string };
/** A target that this pod has no way to invalidate, with a sentence why. */
export type Cannot = { target: Target; reason: string };

export type Site = {
  basePath: string;
  routes: Routes | null;
  /** The pages that serve a public path, where they are known and called otherwise, as behind a rewrite. */
  servedBy?: (path: string) => readonly string[];
  /** Whether anything is kept there that goes by its own tags alone, and so has to be told of keys. */
  goesByTags?: boolean;
};

/** Spells the targets out. Each call stands in the plan once, also where a target vanishes and is invalidated besides. */
export function planOf(targets: readonly Target[], site: Site, topics: ReadonlySet<string>): Plan {
  const calls = new Map<string, Call>();
  const tags = new Set<string>();
  const vanishing = new Map<string, Call>();
  const wanted = new Set<string>();
  const cannot = new Map<string, Cannot>();
  const ground = groundOf(site);
  const tooMany = () =>
    calls.size > messageLimits.callsPerSlice || tags.size > messageLimits.tagsBeforeEverything;
  for (const target of targets) {
    if (tooMany() && !vanishes(target)) continue;
    const plain = plainTarget(target);
    const step = stepOf(plain, ground, topics);
    for (const call of step.calls) {
      if ('tag' in call) tags.add(call.tag);
      else calls.set(JSON.stringify(call), call);
      if (vanishes(target)) vanishing.set(JSON.stringify(call), call);
    }
    if (step.topic !== undefined) wanted.add(step.topic);
    if (step.reason !== undefined) cannot.set(targetKey(plain), { target: plain, reason: step.reason });
  }
  return {
    calls: [
      ...internalized(site.goesByTags ? withKeyTags(tags) : tags).map((tag) => ({ tag })),
      ...calls.values(),
    ],
    vanishing: [...vanishing.values()],
    topics: [...wanted],
    cannot: [...cannot.values()],
    tooMany: tooMany(),
  };
}

/**
 * Next.js compares each tag with all that came before it in the same request. Names of properties are one string each in
 * V8, which it tells apart by their addresses: two to three times as fast.
 */
function internalized(tags: Iterable<string>): string[] {
  return Object.keys(Object.fromEntries([...tags].map((tag) => [tag, true])));
}

/** Every page that can be made again. */
export function planOfEverything(site: Site): Omit<Plan, 'vanishing' | 'topics' | 'tooMany'> {
  const target = { path: '/', scope: 'layout' } as const;
  const { calls, reason } = everythingStep(groundOf(site));
  return { calls, cannot: reason === undefined ? [] : [{ target, reason }] };
}

/** With the closed pages as they are at this moment, if there are any. */
type Ground = Site & { closed: Closed | null };

function groundOf(site: Site): Ground {
  return { ...site, closed: site.routes?.closed?.() ?? null };
}

type Step = { calls: Call[]; topic?: string; reason?: string };

function stepOf(target: Target, site: Ground, topics: ReadonlySet<string>): Step {
  if ('tag' in target) return site.closed?.carries(target.tag) ? everythingStep(site) : { calls: [target] };
  if ('topic' in target) {
    if (topics.has(target.topic)) return { calls: [], topic: target.topic };
    if (target.topic === connectionTestTopic) return { calls: [] };
    return {
      calls: [],
      reason: `No handler is registered for the topic ${target.topic} in this process; call onTopic.`,
    };
  }
  if ('scope' in target) return patternStep(target.path, target.scope, site);
  // Without a type, Next.js warns about a pattern and does nothing.
  if (isPattern(target.path)) return patternStep(target.path, 'page', site);
  return pathStep(target.path, site);
}

/** For want of knowing which open pages a tag reaches that a closed one carries too, it is all of them. */
function everythingStep({ routes, closed }: Ground): Step {
  if (routes === null || closed === null) return { calls: [{ path: '/', scope: 'layout' }] };
  const pages = routes.pagesReached ? pagesUnder('/', 'layout', routes).map(callOfPage) : [];
  return { calls: [...callsOfOpen('/', routes, closed), ...pages], reason: closedReason(closed) };
}

function patternStep(pattern: string, scope: 'page' | 'layout', site: Ground): Step {
  const asGiven = { calls: [{ path: pattern, scope }] };
  if (pattern === '/' && scope === 'layout') return everythingStep(site);
  if (site.routes === null) return { calls: [...asGiven.calls, ...pathStep(pattern, site).calls] };
  const plain = withoutBasePath(pattern, site.basePath).replace(/(.)\/+$/, '$1');
  const folders = foldersOf(plain, scope, site.routes);
  const pages = site.routes.pagesReached ? pagesUnder(plain, scope, site.routes) : [];
  if (pages.length > 0) {
    const app = folders.length > 0 ? foldersStep(folders, scope, site, site.routes) : { calls: [] };
    // A layout would reach closed pages beside them.
    const own: Call[] = site.closed === null ? [{ path: plain, scope }] : pages.map(callOfPage);
    return { ...app, calls: [...app.calls, ...own] };
  }
  if (folders.length > 0) return foldersStep(folders, scope, site, site.routes);
  // Next.js does nothing for the path of one page with a scope; what was meant is that page.
  const step = isPattern(pattern) ? { calls: [] } : pathStep(pattern, site);
  if (step.calls.length > 0 && scope === 'page') return step;
  const { calls } = step;
  const reason = `No ${scope} of this build has the route pattern ${pattern}. Take it from the folders under app/.`;
  return { calls, reason };
}

export const notReached =
  'which revalidatePath does not reach; the cache handler of withEverypod does, from Next.js 15.5 on. Use both, move the page to the App Router, or give it a short revalidate time.';

function pagesUnder(pattern: string, scope: 'page' | 'layout', { pages }: Routes): string[] {
  const under = pattern === '/' ? '/' : `${pattern}/`;
  return pages.filter((route) => route === pattern || (scope === 'layout' && route.startsWith(under)));
}

function callOfPage(path: string): Call {
  return { path, scope: 'page' };
}

function foldersStep(
  folders: readonly string[],
  scope: 'page' | 'layout',
  { closed }: Ground,
  routes: Routes,
): Step {
  if (closed === null) return { calls: folders.map((path) => ({ path, scope })) };
  const reaches = (folder: string) =>
    scope === 'layout'
      ? hasClosed(folder, routes, closed)
      : closed.routes.has(routes.app[`${folder === '/' ? '' : folder}/page`] ?? '');
  const calls = folders.flatMap((path): Call[] => {
    if (!reaches(path)) return [{ path, scope }];
    return scope === 'layout' ? callsOfOpen(path, routes, closed) : [];
  });
  return folders.some(reaches) ? { calls, reason: closedReason(closed) } : { calls };
}

function pathStep(path: string, { basePath, routes, closed, servedBy }: Ground): Step {
  const { spellings: ofPath, tooLong } = spellingsOf(path, basePath);
  const elsewhere = ofPath.flatMap((spelling) => servedBy?.(basePath + spelling) ?? []);
  const spellings = [...new Set([ofPath, ...elsewhere.map((page) => spellingsOf(page).spellings)].flat())];
  const calls = spellings
    .filter((spelling) => !closed?.has(spelling))
    .map((spelling) => ({ path: spelling }));
  if (tooLong) {
    const reason = `Spelled out, the path has more than ${messageLimits.pathCharacters} characters, which Next.js ignores. Give the page a tag, or a shorter slug.`;
    return { calls, reason };
  }
  const served = routes === null ? [] : spellings.map((spelling) => routerOf(spelling, routes));
  const keeps = closed !== null && served.some((page) => page !== null && closed.routes.has(page.route));
  if (keeps || calls.length < spellings.length)
    return { calls, ...(closed && { reason: closedReason(closed) }) };
  const pages = served.find((page) => page?.router === 'pages');
  const reached = routes?.pagesReached || served.some((page) => page?.router === 'app');
  if (!pages || reached) return { calls };
  const reason = `The page is served by the Pages Router (${pages.route}), ${notReached}`;
  return { calls, reason };
}
