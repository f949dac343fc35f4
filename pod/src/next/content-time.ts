import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtAtSchema } from '@everypod/contract';
import { z } from 'zod';

const recordSchema = z.strictObject({ contentTime: builtAtSchema });
const unknown = 'unknown';

/**
 * Before which moment no content of this build was fetched: its start, or the oldest entry of the fetch cache that it
 * may reuse. Next.js reads next.config again in each worker; the first reading wins, and is handed down by environment.
 * @returns UTC; null when it cannot be known
 */
export function contentTime(projectDir: string, distDir: string): string | null {
  const first = process.env.EVERYPOD_CONTENT_TIME;
  if (first !== undefined) return first === unknown ? null : first;
  const cache = join(projectDir, distDir, 'cache');
  const record = join(cache, 'everypod-content-time.json');
  const oldestMs = oldestContentMs(join(cache, 'fetch-cache'), record);
  const oldest = oldestMs === null ? null : new Date(oldestMs).toISOString();
  process.env.EVERYPOD_CONTENT_TIME = oldest ?? unknown;
  keep(record, oldest);
  return oldest;
}

/** Next.js writes an entry whose tags have changed anew, so what an earlier build knew counts as long as any is left. */
function oldestContentMs(fetchCache: string, record: string): number | null {
  const times = fetchCacheTimes(fetchCache);
  if (times?.length === 0) return Date.now();
  const recorded = recordedTime(record);
  if (times === null || recorded === null) return null;
  return [Date.now(), ...times, ...recorded].reduce((a, b) => Math.min(a, b));
}

/** Null when the time of any entry is not known. */
function fetchCacheTimes(folder: string): number[] | null {
  try {
    return readdirSync(folder).map((entry) => Math.floor(statSync(join(folder, entry)).mtimeMs));
  } catch (error) {
    return isMissing(error, folder) ? [] : null; // No cache is the usual case: a clean build.
  }
}

/** Empty when no earlier build has recorded any, and null when it did not know. */
function recordedTime(record: string): [] | [number] | null {
  try {
    const { contentTime: recorded } = recordSchema.parse(JSON.parse(readFileSync(record, 'utf8')));
    return recorded === null ? null : [Date.parse(recorded)];
  } catch (error) {
    return isMissing(error, record) ? [] : null;
  }
}

function isMissing(error: unknown, path: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ENOENT' &&
    'path' in error &&
    error.path === path
  );
}

function keep(record: string, time: string | null): void {
  try {
    mkdirSync(join(record, '..'), { recursive: true });
    writeFileSync(record, JSON.stringify({ contentTime: time }));
  } catch {
    // Whoever cannot write there cannot build there either, and Next.js says so.
  }
}
