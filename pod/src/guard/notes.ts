import type { Handler } from './next-cache.ts';

/** Short texts that are kept in a store as if they were answers of a fetch, so that any handler can keep them. */
export type Notes = {
  /** Null where there is none, or it can't be read. */
  read(name: string): Promise<string | null>;
  /** Under a tag of the same name. @throws whatever the handler does */
  write(name: string, text: string, forSeconds: number | false): Promise<void>;
};

export function notes(inner: Handler): Notes {
  return {
    async read(name) {
      const kept = { revalidate: false as const, fetchUrl: name, fetchIdx: 0 };
      const asked = { kind: 'FETCH', tags: [], softTags: [], ...kept };
      try {
        const entry = await inner.get(name, asked);
        const data = entry?.value?.data as { body?: unknown } | undefined;
        return typeof data?.body === 'string' ? data.body : null;
      } catch {
        return null; // What can't be read is as good as not there: more is invalidated.
      }
    },
    async write(name, text, forSeconds) {
      const data = { headers: {}, body: text, status: 200, url: name };
      const context = { fetchCache: true, tags: [name], fetchUrl: name, fetchIdx: 0, revalidate: forSeconds };
      await inner.set(name, { kind: 'FETCH', data, revalidate: forSeconds }, context);
    },
  };
}
