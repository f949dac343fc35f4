import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const siteFolder = join(root, 'crawl', 'site');
export const appFolder = join(root, 'crawl', 'app');
export const document = join(root, 'docs', 'crawl.md');
/** What each run with `--matrix` saw, which the document is made from. */
export const seenFolder = join(root, 'crawl', 'seen');

/** Ignored by git; within the repository, where React is found. */
const kept = join(root, '.everypod', 'crawl');
export const stateFolder = join(kept, 'state');
export const buildsFolder = join(kept, 'builds');
export const coreFolder = (version: string) => join(kept, `core-${version}`);

/** Of the versions of Next.js that the pod's tests build with. */
export const nextFolder = (version: 15 | 16) =>
  version === 16
    ? join(root, 'node_modules', 'next')
    : join(root, 'tested-with', 'next-15', 'node_modules', 'next');
