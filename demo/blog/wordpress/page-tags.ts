import { unstable_cache } from 'next/cache';
import type { Tag } from './tags';

/**
 * Puts tags on the page that is being rendered. Next.js takes tags with a call that it may keep the answer of, and
 * what a page shows is known only once WordPress has answered, so this call has nothing to answer.
 */
export async function tagPage(tags: Tag[]): Promise<void> {
  const distinct = [...new Set(tags)].sort();
  if (distinct.length > 0) await unstable_cache(async () => true, distinct, { tags: distinct })();
}
