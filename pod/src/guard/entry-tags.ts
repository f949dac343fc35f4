import { keyTagsKeptWith } from '../keys/reads.ts';
import { howPagesAre } from './expired-page.ts';
import { formerTag } from './former.ts';
import {
  type Entry,
  type GetContext,
  type HandlerContext,
  type SetContext,
  tagsHeader,
  type Value,
} from './next-cache.ts';
import { tagsOfPagesKey } from './pages-router.ts';

/**
 * By which tags an entry is invalidated: of a page those that it was stored with, of an answer those that it is asked for with, and
 * those that WordPress has named in it.
 */
export function tagsOf(
  key: string,
  value: Value | null,
  context: GetContext | SetContext,
  { serverDistDir }: HandlerContext,
): Iterable<string> {
  if (context.kind === 'FETCH' || ('fetchCache' in context && context.fetchCache)) {
    const soft = 'softTags' in context ? (context.softTags as readonly string[] | undefined) : undefined;
    return [...(context.tags ?? []), ...(soft ?? []), ...keyTagsKeptWith(value)];
  }
  const stored = value?.headers?.[tagsHeader];
  if (typeof stored === 'string') return stored.split(',');
  if (context.kind !== 'PAGES' || context.isFallback || howPagesAre() === 'left alone') return [];
  return tagsOfPagesKey(key, serverDistDir);
}

/** Whether a page was read in spite of its tags, and so has none of its own. */
export function isFormer({ value }: Entry): boolean {
  return value?.headers?.[tagsHeader] === formerTag;
}
