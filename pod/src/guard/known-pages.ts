import { blindTag, isUnknown } from '../keys/key.ts';
import { limits } from '../limits.ts';
import { pagePathOf } from './makings.ts';
import { type Entry, tagsHeader } from './next-cache.ts';

/** A page as visitors ask for it. */
export type KnownPage = {
  /** The public path, before middleware and rewrites. */
  readonly path: string;
  /** What the store calls the entry that serves it. */
  readonly key: string;
  /** The entry's own tags, with commas between them, as Next.js keeps them, or the keys that are kept apart; empty where there are none. */
  readonly tags: string;
  /** When the entry was stored; null where that is not known. */
  readonly storedAtMs: number | null;
  /** How often it was asked for, since this process has known it. */
  readonly asked: number;
};

/**
 * What ordinary traffic tells of the pages that this process serves: by public path, and by what serves it, since one address may be
 * that of several sites, or is answered otherwise to who comes by a link. Those that were asked for last are known. Bounded.
 */
export class KnownPages {
  readonly #byPath = new Map<string, Map<string, KnownPage>>();
  #count = 0;

  /** `apart`: the keys of an entry that has no tags to name them by. */
  note(asked: string, key: string, entry: Entry, apart: readonly string[] = []): void {
    const path = asked.split('?', 1)[0] ?? '';
    // Anyone can ask for what is not there, and all of that is served by one entry.
    if (!isPublic(path) || entry.value?.status === 404 || key.endsWith('/_not-found')) return;
    const served = this.#byPath.get(path) ?? new Map<string, KnownPage>();
    const before = served.get(key);
    const tags = entry.value?.headers?.[tagsHeader];
    served.delete(key);
    served.set(key, {
      path,
      key,
      tags: typeof tags === 'string' ? tags : apart.join(','),
      storedAtMs: entry.lastModified ?? null,
      asked: (before?.asked ?? 0) + 1,
    });
    this.#byPath.delete(path);
    this.#byPath.set(path, served);
    if (before === undefined) this.#count += 1;
    if (served.size > limits.pagesOfOnePathKnown) this.#forgetOldestOf(path, served);
    const [oldest] = this.#byPath;
    if (this.#count > limits.pagesKnown && oldest !== undefined) this.#forgetOldestOf(...oldest);
  }

  /** The pages that serve a path, where they are called otherwise; none where they aren't, or are not known. */
  servedBy(path: string): string[] {
    const served = [...(this.#byPath.get(path)?.keys() ?? [])].map(pagePathOf);
    return [...new Set(served)].filter((page) => page !== path);
  }

  all(): KnownPage[] {
    return [...this.#byPath.values()].flatMap((served) => [...served.values()]);
  }

  /** By their keys, the pages that serve these public paths. */
  keysOf(paths: ReadonlySet<string>): string[] {
    return [...new Set([...paths].flatMap((path) => [...(this.#byPath.get(path)?.keys() ?? [])]))];
  }

  /**
   * Public paths of the pages that carry one of these tags, those that are asked for most first; behind them those that go with
   * these because nobody knows what they were made from.
   */
  carrying(tags: ReadonlySet<string>): string[] {
    if (tags.size === 0) return [];
    const exact = new Set(tags);
    const withBlind = exact.delete(blindTag);
    const all = this.all().sort((one, other) => other.asked - one.asked);
    const named = all.filter((page) => page.tags.split(',').some((tag) => exact.has(tag)));
    const blind = withBlind ? all.filter(({ tags: own }) => own.includes(blindTag) || isUnknown(own)) : [];
    return [...new Set([...named, ...blind].map(({ path }) => path))];
  }

  #forgetOldestOf(path: string, served: Map<string, KnownPage>): void {
    const [oldest] = served.keys();
    if (oldest !== undefined && served.delete(oldest)) this.#count -= 1;
    if (served.size === 0) this.#byPath.delete(path);
  }
}

/** What links and clients ask for beside a page is no address of it. */
function isPublic(path: string): boolean {
  const within = path.startsWith('/') && path.length <= limits.visitPathCharacters;
  return within && !/\/(?:_next|siteapi|api)\//.test(path);
}
