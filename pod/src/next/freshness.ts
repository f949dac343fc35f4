import { createElement, type ReactElement } from 'react';
import { contentOf, versionMeta } from '../visits/version-meta.ts';

/** A post as WordPress's REST API gives it, or WPGraphQL; whatever else it has. */
export type FreshnessPost =
  | { readonly id: number; readonly modified_gmt: string }
  | { readonly databaseId: number; readonly modifiedGmt?: string | null | undefined };

/**
 * Names the version of a post in the page that shows it, for visits to see whether that is the one after a change. A `<meta>`,
 * which React puts into the head; on the Pages Router it goes into `next/head`'s. Nothing, where the post says nothing of it.
 */
export function Freshness({ post }: { post: FreshnessPost | null | undefined }): ReactElement | null {
  const content = versionOf(post ?? {});
  // By its key `next/head` keeps those of several posts apart.
  return content === null ? null : createElement('meta', { key: content, name: versionMeta, content });
}

/** What an API gives is never quite what its types say. */
function versionOf(post: object): string | null {
  const { id, modified_gmt, databaseId = id, modifiedGmt = modified_gmt } = post as Record<string, unknown>;
  if (!Number.isSafeInteger(databaseId) || Number(databaseId) < 1 || typeof modifiedGmt !== 'string')
    return null;
  const [, seconds] = gmt.exec(modifiedGmt) ?? [];
  const modified = `${seconds}Z`;
  return isMoment(modified) ? contentOf({ post: String(databaseId), modified }) : null;
}

/** In UTC, be it said or not. */
const gmt = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z?$/;

/** Some days that can be written have never been. */
function isMoment(modified: string): boolean {
  const at = new Date(modified);
  return !Number.isNaN(at.getTime()) && at.toISOString() === modified.replace('Z', '.000Z');
}
