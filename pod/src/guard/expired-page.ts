import { versionOfRunningNext } from './inner.ts';
import type { Entry, GetContext } from './next-cache.ts';
import { type PagesGuard, pagesGuardOf } from './pages-router.ts';

/** What Next.js is given for an expired entry where there is nothing better. */
export function expired(entry: Entry | null, { kind, isFallback }: GetContext): Entry | null {
  if (entry === null || kind !== 'PAGES') return null;
  // The shell that is shown while a page is made holds no content.
  return isFallback ? entry : expiredPage[howPagesAre()](entry);
}

const expiredPage: Record<PagesGuard, (entry: Entry) => Entry | null> = {
  'made before the answer': (entry) => ({ ...entry, lastModified: -1 }),
  'none there': () => null,
  'left alone': (entry) => entry,
};

let howPages: PagesGuard | undefined;

/** How the Next.js that runs takes an expired page of the Pages Router. */
export function howPagesAre(): PagesGuard {
  howPages ??= pagesGuardOf(runningVersion());
  return howPages;
}

let version: string | null | undefined;

/** Looked for once; null where it is not found. */
export function runningVersion(): string | null {
  if (version === undefined) version = versionOfRunningNext();
  return version;
}
