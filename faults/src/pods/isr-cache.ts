import { articlePattern, type Page } from '../origin/site.ts';
import { createHearing } from './hearing.ts';
import type { PageCache, PageCacheOptions } from './page-cache.ts';

/**
 * Next.js's page cache as it was measured (docs/facts.md): a render reads the content at its start and stores at its
 * end, and an invalidation meanwhile is lost for it; later readers join that render; a copy of the build is served as
 * it is; a call outside of a request, or after its end, does nothing and says nothing.
 */
export function createIsrCache({
  pages,
  baked,
  fetchVersion,
  rendering,
  applied,
  unheard,
}: PageCacheOptions): PageCache {
  const known = new Map(pages.map((page) => [page.path, page]));
  const copies = new Map(Object.entries(baked).filter(([path]) => known.has(path)));
  const renders = new Map<string, Promise<number>>();
  const { hear, duringRequest } = createHearing<(page: Page) => boolean>({
    unheard,
    takeEffect(calls) {
      for (const path of copies.keys()) {
        const page = known.get(path);
        if (page && [...calls.values()].some((matches) => matches(page))) copies.delete(path);
      }
      applied([...calls.keys()]);
    },
  });

  async function render(path: string): Promise<number> {
    const version = await fetchVersion(path);
    await rendering(path);
    copies.set(path, version);
    return version;
  }

  return {
    guard: null,
    invalidator: {
      tag: (tag) => hear(`tag ${tag}`, (page) => page.tags.includes(tag)),
      path(path, scope) {
        if (scope === 'layout' && path === '/') hear('everything', () => true);
        else if (scope !== undefined) hear(`${scope} ${path}`, () => path === articlePattern);
        else hear(`path ${path}`, (page) => page.path === path);
      },
    },
    read(path) {
      const copy = copies.get(path);
      if (copy !== undefined) return Promise.resolve(copy);
      const underWay = renders.get(path);
      if (underWay) return underWay;
      const started = render(path).finally(() => renders.delete(path));
      renders.set(path, started);
      return started;
    },
    duringRequest,
  };
}
