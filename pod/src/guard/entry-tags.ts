import type { Givers } from '../keys/givers.ts';
import { keyTagsKeptWith } from '../keys/kept.ts';
import { blindTag, isUnknown } from '../keys/key.ts';
import { howPagesAre } from './expired-page.ts';
import { formerTag } from './former.ts';
import {
  type Entry,
  type GetContext,
  type HandlerContext,
  isPage,
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
  givers: Givers,
): Iterable<string> {
  if (context.kind === 'FETCH' || ('fetchCache' in context && context.fetchCache)) {
    const soft = 'softTags' in context ? (context.softTags as readonly string[] | undefined) : undefined;
    return [...(context.tags ?? []), ...(soft ?? []), ...keyTagsKeptWith(value, givers)];
  }
  const stored = value?.headers?.[tagsHeader];
  if (typeof stored === 'string') return stored.split(',');
  if (context.kind !== 'PAGES' || context.isFallback || howPagesAre() === 'left alone') return [];
  return tagsOfPagesKey(key, serverDistDir);
}

/**
 * By which it goes besides where nobody has learned what it was made from: by whatever changes. Pages of the Pages Router have
 * none of their own that could say it, so theirs are kept apart.
 */
export function tagsOfUnknown(
  { value }: Entry,
  { kind, isFallback }: GetContext,
  apart: readonly string[] | undefined,
): readonly string[] {
  if (!isPage(kind) || isFallback) return [];
  if (kind === 'PAGES') return apart ?? (howPagesAre() === 'left alone' ? [] : [blindTag]);
  const own = value?.headers?.[tagsHeader];
  return typeof own === 'string' && isUnknown(own) ? [blindTag] : [];
}

/** Whether a page was read in spite of its tags, and so has none of its own. */
export function isFormer({ value }: Entry): boolean {
  return value?.headers?.[tagsHeader] === formerTag;
}
