import type { RecordOf } from '../chronicle/record.ts';

/** What a page said to a read that began then, as a monotonic time. */
export type Seen = { from: number; version: number };

export type ReadsByPage = ReadonlyMap<string, Seen[]>;

/** One life's reads, page by page, the oldest first. */
export function readsByPage(reads: readonly RecordOf<'read'>[]): ReadsByPage {
  const pages = new Map<string, Seen[]>();
  for (const { from, versions } of reads) {
    for (const [path, version] of Object.entries(versions)) {
      const seen = pages.get(path) ?? [];
      seen.push({ from, version });
      pages.set(path, seen);
    }
  }
  for (const seen of pages.values()) seen.sort((one, other) => one.from - other.from);
  return pages;
}
