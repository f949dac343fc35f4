import { AsyncLocalStorage } from 'node:async_hooks';
import { createGuard, type GuardOfProcess } from '../../../pod/src/guard/guard.ts';
import { guardBy, ofEverypod } from '../../../pod/src/guard/handler.ts';
import { type Asked, type Makings, newAsked } from '../../../pod/src/guard/makings.ts';
import type { Entry, Handler, Value } from '../../../pod/src/guard/next-cache.ts';
import { articlePattern, type Page } from '../origin/site.ts';
import { createHearing } from './hearing.ts';
import type { PageCache, PageCacheOptions } from './page-cache.ts';

const context = { kind: 'APP_PAGE', cacheControl: { revalidate: false as const } };

/** Next.js's own names for what its calls invalidate. */
const ofPath = (path: string) => `_N_T_${path}`;
const ofPattern = ofPath(`${articlePattern}/page`);
const ofEverything = ofPath('/layout');

/**
 * The real guard around a store that forgets nothing by itself, called as Next.js calls it: one handler for each request, on
 * which `get` and `set` of a render meet; who comes meanwhile joins that render and asks no handler; what a request has
 * invalidated is heard when it ends.
 */
export function createGuardedCache({
  pages,
  baked,
  fetchVersion,
  rendering,
  applied,
  unheard,
}: PageCacheOptions): PageCache {
  const known = new Map(pages.map((page) => [page.path, page]));
  const pageAt = ({ path, tags }: Page, version: number): Value => ({
    kind: 'APP_PAGE',
    version,
    headers: { 'x-next-cache-tags': [ofEverything, ofPattern, ofPath(path), ...tags].join(',') },
  });
  const stored = new Map<string, Entry>();
  // An image's files have a time from before this life.
  for (const page of pages) {
    const version = baked[page.path];
    if (version !== undefined) stored.set(page.path, { value: pageAt(page, version), lastModified: 1 });
  }
  class Store implements Handler {
    async get(key: string) {
      return stored.get(key) ?? null;
    }
    async set(key: string, value: Value | null) {
      stored.set(key, { value, lastModified: Date.now() });
    }
    async revalidateTag() {}
  }

  const visit = new AsyncLocalStorage<{ asked: Asked; prefetch: boolean }>();
  let makings: Makings | null = null;
  const guard: GuardOfProcess = createGuard((its) => {
    makings = its.makings;
    return () => visit.getStore() ?? null;
  });
  const Guarded = guardBy(() => guard, Store);
  const underWay = new Map<string, Promise<number>>();
  const { hear, duringRequest } = createHearing<string>({
    unheard,
    async takeEffect(calls) {
      await new Guarded({ dev: false }).revalidateTag([...calls.values()]);
      applied([...calls.keys()].filter((key) => !key.startsWith(`tag ${ofEverypod}`)));
    },
  });

  async function answer(page: Page): Promise<number> {
    const handler = new Guarded({ dev: false });
    const entry = await handler.get(page.path, context);
    if (entry !== null) return Number(entry.value?.version);
    const version = await fetchVersion(page.path);
    await rendering(page.path);
    await handler.set(page.path, pageAt(page, version), context);
    return version;
  }

  /** A visit of one page, which ends when it is answered, or when its render has failed. */
  async function visited(page: Page): Promise<number> {
    const asked = newAsked({ path: page.path, givers: guard.givers });
    try {
      return await visit.run({ asked, prefetch: false }, () => answer(page));
    } finally {
      makings?.isOver(asked, 'finished');
    }
  }

  return {
    guard,
    invalidator: {
      tag: (tag) => hear(`tag ${tag}`, tag),
      path(path, scope) {
        if (scope === 'layout' && path === '/') hear('everything', ofEverything);
        else if (scope !== undefined) hear(`${scope} ${path}`, ofPath(`${path}/${scope}`));
        else hear(`path ${path}`, ofPath(path));
      },
    },
    read(path) {
      const page = known.get(path);
      if (page === undefined) return Promise.reject(new Error(`There is no page at ${path}.`));
      const joined = underWay.get(path);
      if (joined) return joined;
      const started = visited(page).finally(() => underWay.delete(path));
      underWay.set(path, started);
      return started;
    },
    duringRequest,
  };
}
