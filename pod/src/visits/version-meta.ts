import type { Version } from '@everypod/contract';

/** The `<meta>` in which a page names the version of a post that it shows, as "42 2026-11-30T16:50:00Z". */
export const versionMeta = 'everypod:version';

/** What stands in it. */
export function contentOf({ post, modified }: Version): string {
  return `${post} ${modified}`;
}
