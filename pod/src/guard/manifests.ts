import { builtin } from './builtin.ts';

/** What Next.js has left in a file of its build; null where there is none. */
export function readJson(file: string): Record<string, unknown> | null {
  const fs = builtin('node:fs') as typeof import('node:fs') | undefined;
  try {
    return fs === undefined ? null : JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null; // An app without such pages has no such file.
  }
}
