import { closeSync, createReadStream, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { monotonicMs } from './clock.ts';
import { type Record, recordSchema } from './record.ts';

type WithoutTime<T> = T extends Record ? Omit<T, 'at'> & { at?: number } : never;

/** One process's record of what it saw and did: append-only, and in the file before `note` returns. */
export type Chronicle = {
  /** `at` is now when it is left out. */
  note(record: WithoutTime<Record>): void;
  close(): void;
};

export function openChronicle(path: string): Chronicle {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  let closed = false;
  return {
    note(record) {
      // Synchronous, so that SIGKILL takes nothing away that was already done.
      if (!closed) writeSync(file, `${JSON.stringify({ at: monotonicMs(), ...record })}\n`);
    },
    close() {
      closed = true;
      closeSync(file);
    },
  };
}

/** All records of all chronicles in a folder, in the order of their time. A last line that was cut off is left out. */
export async function readChronicles(folder: string): Promise<Record[]> {
  const records: Record[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.jsonl'))) {
    const lines = createInterface({ input: createReadStream(join(folder, name)) });
    for await (const line of lines) {
      const parsed = parseLine(line);
      if (parsed) records.push(parsed);
    }
  }
  return records.sort((one, other) => one.at - other.at);
}

function parseLine(line: string): Record | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return recordSchema.parse(value);
}
