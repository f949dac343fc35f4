import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { isFrom } from '../guard/versions.ts';

const manifestSchema = z.object({ version: z.string() });

/** The Next.js that a project is built with; null where it is not found. */
export function versionOfNext(projectDir: string): string | null {
  try {
    const manifest = createRequire(join(projectDir, 'package.json')).resolve('next/package.json');
    return manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
  } catch {
    return null;
  }
}

/**
 * Before 16.4, what a request has invalidated is not heard again from its own `after()`: Next.js takes it for the first
 * time, drops it, and says nothing. Another request is heard, so there settling is left to the next probe.
 */
export function hearsAgain(nextVersion: string | null): boolean {
  return isFrom(nextVersion, 16, 4);
}

/**
 * Before 16.4, a built page of a route with `dynamicParams = false` is looked for once it is invalidated, is not found,
 * and so is answered 404, until the next build. Its time of revalidation is heard all the same, and a route handler is
 * made again. (docs/decisions/closed-pages-stay-as-they-are.md tells how that was found.) The guard has it made for all that.
 */
export function losesClosedPages(nextVersion: string | null): boolean {
  return !isFrom(nextVersion, 16, 4);
}

/** Before 16.4, an entry of `use cache` that is made during an invalidation is stored as new. */
export function losesUseCache(nextVersion: string | null): boolean {
  return !isFrom(nextVersion, 16, 4);
}
