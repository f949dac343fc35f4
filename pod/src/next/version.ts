import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

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
  const [major = 0, minor = 0] = (nextVersion ?? '').split('.').map(Number);
  return major > 16 || (major === 16 && minor >= 4);
}
