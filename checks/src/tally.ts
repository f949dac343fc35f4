import { stripVTControlCharacters } from 'node:util';

/** What came out of one suite. Everything that was left out stands in `skipped` with its reason. */
export interface Tally {
  passed: number;
  failed: number;
  /** As many of the failed ones as their tool names, so that they stand at the end of a log, too; else its last lines. */
  failures: Failure[];
  skipped: Skip[];
  /** What passed at a second try only: counted in `passed`, and a sign of a test that races or a fault that comes seldom. */
  retried: Failure[];
}

export interface Failure {
  what: string;
  /** The first line of what went wrong, and where, or the last lines of all; empty where the tool keeps it elsewhere. */
  says: string;
}

export interface Skip {
  what: string;
  reason: string;
}

export const passedOnce: Tally = { passed: 1, failed: 0, failures: [], skipped: [], retried: [] };

export function failedTimes(failed: number): Tally {
  return { passed: 0, failed, failures: [], skipped: [], retried: [] };
}

export function addTallies(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    skipped: tallies.flatMap(({ skipped }) => skipped),
    retried: tallies.flatMap(({ retried }) => retried),
  };
}

/** The first line of an error that says something, without a terminal's colours. */
export function firstLineOf(message = ''): string {
  const lines = stripVTControlCharacters(message).split('\n');
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? '';
}

/** The same, and the line of code that its stack begins with. */
export function firstLineAndPlaceOf(message = ''): string {
  const place = /[\\/]([\w.-]+\.(?:tsx?|m?js):\d+):\d+\)?$/m.exec(stripVTControlCharacters(message))?.[1];
  return place === undefined ? firstLineOf(message) : `${firstLineOf(message)} (${place})`;
}

/** The very last line that the gate prints. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}
