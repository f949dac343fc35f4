import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever Next.js reads its configuration from in a standalone server. */
const files = ['server.js', '.next/required-server-files.json'];

type Settings = { guarded?: boolean; diskOnly?: boolean };

/** Serves a guarded build with Next.js's own cache, or with nothing kept in memory, without building it again. */
export function changeServed(folder: string, { guarded = true, diskOnly = false }: Settings): void {
  for (const file of files.map((name) => join(folder, name))) {
    let text = readFileSync(file, 'utf8');
    if (!guarded) text = changed(text, /"cacheHandler":\s*"[^"]*",?/, '', file);
    if (diskOnly) text = changed(text, /"cacheMaxMemorySize":\s*\d+/, '"cacheMaxMemorySize":0', file);
    writeFileSync(file, text);
  }
}

function changed(text: string, what: RegExp, by: string, file: string): string {
  if (!what.test(text)) throw new Error(`${file} has nothing like ${what}.`);
  return text.replace(what, by);
}
