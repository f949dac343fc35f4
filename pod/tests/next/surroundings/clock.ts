import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const unruly = pathToFileURL(join(import.meta.dirname, 'unruly.mjs')).href;

export const minuteMs = 60_000;

/** A wall clock for pods, which a test sets. */
export function createClock() {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-clock-'));
  const file = join(folder, 'shift');
  const setBy = (ms: number) => writeFileSync(file, String(ms));
  setBy(0);
  const environment = { NODE_OPTIONS: `--import ${unruly}`, TEST_CLOCK_FILE: file };
  return { environment, setBy, forget: () => rmSync(folder, { recursive: true }) };
}

/** To all pages that a build was born with. */
export function giveTime(folder: string, ms: number): void {
  const pages = join(folder, '.next/server/app');
  for (const name of readdirSync(pages, { recursive: true, encoding: 'utf8' })) {
    const file = join(pages, name);
    if (statSync(file).isFile()) utimesSync(file, new Date(ms), new Date(ms));
  }
}
