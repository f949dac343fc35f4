import type { Entry, Handler, Value } from '../../../pod/src/guard/next-cache.ts';

const kept = new Map<string, Entry>();

/** The least that a cache can do. */
export class MapCache implements Handler {
  async get(key: string): Promise<Entry | null> {
    return kept.get(key) ?? null;
  }
  async set(key: string, value: Value | null): Promise<void> {
    kept.set(key, { value, lastModified: Date.now() });
  }
  async revalidateTag(): Promise<void> {}
}

/** A page with as many tags as one has that shows a post, its terms and its author. */
export function pageOf(key: string): Value {
  const tags = Array.from({ length: 5 }, (_, at) => `wp:post:${key.length + at}`);
  const paths = [
    `_N_T_${key}`,
    '_N_T_/layout',
    '_N_T_/blog/layout',
    '_N_T_/blog/[slug]/layout',
    '_N_T_/blog',
  ];
  return { kind: 'APP_PAGE', html: key, headers: { 'x-next-cache-tags': [...tags, ...paths].join(',') } };
}
