import { limits } from '../limits.ts';
import type { Entry } from './handler.ts';
import { pagePathOf } from './makings.ts';

/** A page as visitors ask for it. */
export type KnownPage = {
  /** The public path, before middleware and rewrites. */
  readonly path: string;
  /** What the store calls the entry that serves it. */
  readonly key: string;
  /** The entry's own tags, with commas between them, as Next.js keeps them; empty where it keeps none. */
  readonly tags: string;
  /** When the entry was stored; null where that is not known. */
  readonly storedAtMs: number | null;
  /** How often it was asked for, since this process has known it. */
  readonly asked: number;
};

/** What ordinary traffic tells of the pages that this process serves: by public path, the last that was asked for last. Bounded. */
export class KnownPages {
  readonly #byPath = new Map<string, KnownPage>();

  note(asked: string, key: string, entry: Entry): void {
    const path = asked.split('?', 1)[0] ?? '';
    // Anyone can ask for what is not there, and all of that is served by one entry.
    if (!isPublic(path) || entry.value?.status === 404 || key.endsWith('/_not-found')) return;
    const before = this.#byPath.get(path);
    const tags = entry.value?.headers?.['x-next-cache-tags'];
    this.#byPath.delete(path);
    this.#byPath.set(path, {
      path,
      key,
      tags: typeof tags === 'string' ? tags : '',
      storedAtMs: entry.lastModified ?? null,
      asked: (before?.asked ?? 0) + 1,
    });
    const [oldest] = this.#byPath.keys();
    if (this.#byPath.size > limits.pagesKnown && oldest !== undefined) this.#byPath.delete(oldest);
  }

  /** The page that serves a path, where it is called otherwise; null where it isn't, or is not known. */
  servedBy(path: string): string | null {
    const page = this.#byPath.get(path);
    const served = page && pagePathOf(page.key);
    return served === undefined || served === path ? null : served;
  }

  all(): KnownPage[] {
    return [...this.#byPath.values()];
  }

  /** Public paths of the pages that carry one of these tags, those that are asked for most first. */
  carrying(tags: ReadonlySet<string>): string[] {
    if (tags.size === 0) return [];
    return this.all()
      .filter((page) => page.tags.split(',').some((tag) => tags.has(tag)))
      .sort((one, other) => other.asked - one.asked)
      .map(({ path }) => path);
  }
}

/** What links and clients ask for beside a page is no address of it. */
function isPublic(path: string): boolean {
  const within = path.startsWith('/') && path.length <= limits.visitPathCharacters;
  return within && !/\/(?:_next|siteapi|api)\//.test(path);
}
