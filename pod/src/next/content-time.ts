import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Before which moment no content of this build was fetched: its start, or the oldest entry of the fetch cache that it
 * may reuse. Next.js reads next.config again in each worker; the first reading wins, and is handed down by environment.
 * @returns UTC
 */
export function contentTime(projectDir: string, distDir: string): string {
  const first = process.env.EVERYPOD_CONTENT_TIME;
  if (first !== undefined) return first;
  const times = [Date.now(), ...fetchCacheTimes(join(projectDir, distDir, 'cache', 'fetch-cache'))];
  const oldest = new Date(times.reduce((a, b) => Math.min(a, b))).toISOString();
  process.env.EVERYPOD_CONTENT_TIME = oldest;
  return oldest;
}

function fetchCacheTimes(folder: string): number[] {
  try {
    return readdirSync(folder).map((entry) => Math.floor(statSync(join(folder, entry)).mtimeMs));
  } catch {
    return []; // No cache is the usual case: a clean build.
  }
}
