import { JournalUnavailable } from './journal.ts';

/** The content of the file is to blame. */
export class Broken extends Error {}

/** The journal's file was deleted or replaced while it was open. */
export class Moved extends Error {}

const busy = 5;
const corrupt = 11;
const full = 13;
const notADatabase = 26;
/** SQLite's index of its write-ahead log could not grow: a full disk under another name. */
const indexCannotGrow = 4_874;

function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
}

/** True when the file itself is to blame, and not the disk or another process. */
export function isBroken(error: unknown): error is Error {
  const primary = codeOf(error) & 0xff;
  return error instanceof Broken || primary === corrupt || primary === notADatabase;
}

/** True when another process writes at the moment. */
export function isBusy(error: unknown): boolean {
  return (codeOf(error) & 0xff) === busy;
}

/** True when the disk is full, or the journal as large as it may be. */
export function isOutOfRoom(error: unknown): boolean {
  const code = codeOf(error);
  return (code & 0xff) === full || code === indexCannotGrow;
}

/** What SQLite could not do, for a person to act on; any other error as it is. */
export function asUnavailable(error: unknown): unknown {
  return codeOf(error) === 0 ? error : new JournalUnavailable(reasonOf(error, 'read'));
}

export function reasonOf(error: unknown, doing: 'read' | 'write'): string {
  if (error instanceof JournalUnavailable) return error.message;
  if (isOutOfRoom(error))
    return 'The disk that holds the journal is full, or the journal as large as it may be. Make room; WordPress will send this again.';
  const message = error instanceof Error ? error.message : String(error);
  return doing === 'write'
    ? `SQLite could not write the journal (${message}). WordPress will send this again.`
    : `SQLite could not read the journal (${message}). The bridge tries again at the next request.`;
}
