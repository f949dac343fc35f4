import { tagsHeader, type Value } from '../guard/next-cache.ts';
import { limits } from '../limits.ts';
import { keysHeader, keyTagsOf, kindAlone, ofKey, parseKeys } from './key.ts';

/** What was read for one request: each answer's keys, from wherever it came. */
export class Reads {
  #keys = new Set<string>();

  /** Of an answer as it came; of one without keys nothing is known. */
  note(header: string | null | undefined): void {
    for (const key of parseKeys(header ?? '') ?? []) this.#keys.add(key);
    // Then it goes with whatever changes of these kinds, which is more than it was made from, and never less.
    if (this.#keys.size > limits.keysPerPage) this.#keys = kindsOf(this.#keys);
  }

  /** As tags, which an entry that is made from this is stored with. */
  tags(): string[] {
    return [...this.#keys].map((key) => `${ofKey}${key}`);
  }

  /** As WordPress would have said it of one answer: of too much the kinds alone, or nobody would believe it. */
  header(): string | null {
    if (this.#keys.size === 0) return null;
    const all = [...this.#keys].join(',');
    return all.length <= limits.keysHeaderBytes ? all : [...kindsOf(this.#keys)].join(',');
  }
}

const kindsOf = (keys: ReadonlySet<string>) => new Set([...keys].map(kindAlone));

type Kept = { data?: { headers?: Record<string, unknown> } };

/** What WordPress has said of an answer that lies in the fetch cache, which keeps its headers. */
export function keysKeptWith(value: Value | null): string | null {
  const header = (value as Kept | null)?.data?.headers?.[keysHeader];
  return typeof header === 'string' ? header : null;
}

/** The same as tags. */
export function keyTagsKeptWith(value: Value | null): string[] {
  return keyTagsOf(keysKeptWith(value) ?? '');
}

/** What was computed from answers, as by `unstable_cache`, says what they said: who finds it there has read them. */
export function keepWith(value: Value, reads: Reads): void {
  const { data } = value as Kept;
  const header = reads.header();
  if (data === undefined || header === null || keysKeptWith(value) !== null) return;
  data.headers = { ...data.headers, [keysHeader]: header };
}

/** Has a page go with what it was made from, besides by its own tags. Next.js tells those to no visitor. */
export function tagWith(value: Value, reads: Reads): void {
  const own = value.headers?.[tagsHeader];
  const tags = reads.tags();
  if (typeof own !== 'string' || tags.length === 0) return;
  const all = new Set([...own.split(','), ...tags]);
  value.headers = { ...value.headers, [tagsHeader]: [...all].join(',') };
}
