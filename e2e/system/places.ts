import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Everything that the suite leaves behind, ignored by git: logs stay for whoever looks into a failure.
 * Two runs at once each need one of their own.
 */
const kept = process.env.EVERYPOD_E2E_FOLDER ?? join(root, 'e2e', '.everypod');

export const stateFolder = join(kept, 'system');
export const readyFile = join(kept, 'ready.json');
export const signInFile = join(kept, 'sign-in.json');
export const resultsFolder = join(kept, 'results');
/** Within the repository, where Next.js and React are found. */
export const movedBlogFolder = join(kept, 'moved-blog');
export const untaggedBlogFolder = join(kept, 'untagged-blog');
export const browserFolder = join(kept, 'browser');
export const wordpressConfigFile = join(stateFolder, 'wordpress', 'core', 'wp-config.php');
export const journalFile = join(stateFolder, 'bridge', 'journal.sqlite');
