import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { JournalUnavailable } from './journal.ts';
import { newName } from './names.ts';
import { checkApart } from './sqlite-apart.ts';
import { moveAside } from './sqlite-aside.ts';
import { asUnavailable, Broken, isBroken, isBusy, isOutOfRoom, Moved, reasonOf } from './sqlite-errors.ts';
import { bytesAt, createLock, fileAt } from './sqlite-file.ts';
import { forgetAtOpening } from './sqlite-forget.ts';
import { makeRoom, removeAside } from './sqlite-make-room.ts';
import { inMemory, openDatabase } from './sqlite-open.ts';
import { positionRow } from './sqlite-rows.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';

type Options = { path: string; log: Log; limits: Limits; now: () => number };

export type OpenedJournal = { database: DatabaseSync; sql: Statements };

/** The journal's file, which is opened again at its next use where it is not open. */
export type SqliteConnection = {
  /** Resolves once it is open, or why it can't be for now was told; rejects with what is wrong with the place. */
  opened(): Promise<void>;
  isOpen(): boolean;
  /** @throws {JournalUnavailable} when it can't be opened at the moment */
  use(): OpenedJournal;
  read<T>(ask: (sql: Statements) => T): T;
  /** @throws {Moved} when what was just written will not be found by who opens the journal next */
  requireInPlace(): void;
  /** Lets go of a file that is not at its path any more, and says so; null where it is. */
  leaveMoved(): string | null;
  /** To be told each number that was committed: no later epoch begins below it. */
  saw(head: number): void;
  /** Does what it can about a failed write; true when another attempt may succeed. */
  recover(error: unknown): boolean;
  close(): void;
};

/** @throws what is wrong with the place, unless it is only short of room or another process writes there */
export function createConnection(options: Options): SqliteConnection {
  const { path, log, limits, now } = options;
  const isFile = path !== inMemory;
  const lock = isFile ? createLock(path) : null;
  /** With the file that was opened, and its write-ahead log. */
  let current: (OpenedJournal & { file: string | null; wal: string | null }) | null = null;
  let check: { over: Promise<void>; stop(): void } | null = null;
  /** The file that was checked apart. */
  let checked: string | null = null;
  let closed = false;
  let headSeen = 0;

  function open() {
    lock?.hold();
    const database = openDatabase({ ...options, isWhole: isFile && isChecked() });
    try {
      const sql = prepareStatements(database);
      const { head } = positionRow.parse(sql.position.get());
      const at = now();
      // Events that are under way keep their numbers, so those of the new epoch go on from there.
      if (head < headSeen) sql.renew.run(newName(), at, headSeen, headSeen, at);
      headSeen = Math.max(headSeen, head);
      forgetAtOpening({ database, sql }, options);
      return { database, sql, file: fileAt(path), wal: fileAt(`${path}-wal`) };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** A broken file is set aside, and a new one begun. */
  function openWhateverIsThere() {
    let setAside = false;
    for (;;) {
      try {
        return open();
      } catch (error) {
        if (isBroken(error) && !setAside) {
          startOver(error);
          setAside = true;
        } else if (!isOutOfRoom(error) || !removeAside(options)) throw error;
      }
    }
  }

  /** A file that turns out to be broken while it is in use fares like one that is found so. */
  function startOver({ message: reason }: Error) {
    current?.database.close();
    current = null;
    if (!isFile) return;
    const aside = moveAside({ path, limits, now: now() });
    log.error({ path, aside, reason }, 'The journal is broken and was set aside: a new epoch begins');
  }

  function isChecked(): boolean {
    return checked !== null && checked === fileAt(path);
  }

  /** What takes longer than an answer may is checked apart. */
  function mustBeChecked(): boolean {
    return isFile && bytesAt(path) > limits.checkedAtOnceBytes && !isChecked();
  }

  function startCheck() {
    const file = fileAt(path);
    const bytes = bytesAt(path);
    const startedAt = performance.now();
    const { said, stop } = checkApart(path);
    log.info({ path, bytes }, 'The journal is being checked; until then the bridge is not ready');
    const over = said.then((what) => {
      check = null;
      if (closed) return;
      const ms = Math.round(performance.now() - startedAt);
      if (what === 'ok') log.info({ path, bytes, ms }, 'The journal is whole');
      else if (what === null)
        log.warn({ path, bytes, ms }, 'The journal could not be checked; it is used all the same');
      else return startOver(new Broken(what));
      checked = file;
    });
    return { over, stop };
  }

  function use(): OpenedJournal {
    if (closed) throw new JournalUnavailable('The journal is closed, as the bridge is stopping.');
    if (current) return current;
    try {
      if (mustBeChecked()) {
        check ??= startCheck();
        throw new JournalUnavailable(beingChecked);
      }
      current = openWhateverIsThere();
      return current;
    } catch (error) {
      throw new JournalUnavailable(reasonOf(error, 'read'));
    }
  }

  function openFirst() {
    try {
      current = openWhateverIsThere();
    } catch (error) {
      if (!isOutOfRoom(error) && !isBusy(error)) throw error;
      log.error({ path, reason: reasonOf(error, 'read') }, 'The journal could not be opened yet');
    }
  }

  function readAnew<T>(error: Error, ask: (sql: Statements) => T): T {
    try {
      startOver(error);
      return ask(use().sql);
    } catch (second) {
      throw new JournalUnavailable(reasonOf(second, 'read'));
    }
  }

  function isMoved(): boolean {
    return isFile && current !== null && current.file !== fileAt(path);
  }

  function leaveMoved(): string | null {
    if (!current || !isMoved()) return null;
    const { database, wal } = current;
    current = null;
    try {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      log.warn({ path, reason: reasonOf(error, 'write') }, 'What was moved away lacks the newest events');
    }
    // SQLite leaves the log of a file that was moved, and would take it for that of the next one at this path.
    const isOurs = wal !== null && wal === fileAt(`${path}-wal`);
    database.close();
    if (isOurs) for (const part of ['-wal', '-shm']) rmSync(path + part, { force: true });
    log.error({ path }, movedAway);
    return movedAway;
  }

  function recover(error: unknown): boolean {
    if (error instanceof Moved) return leaveMoved() !== null;
    if (isBroken(error)) startOver(error);
    return isOutOfRoom(error) && current !== null && makeRoom(current, options);
  }

  lock?.hold();
  if (mustBeChecked()) check = startCheck();
  else openFirst();

  return {
    async opened() {
      await check?.over;
      if (!current && !closed) openFirst();
    },
    isOpen: () => current !== null,
    use,
    read(ask) {
      try {
        return ask(use().sql);
      } catch (error) {
        if (!isBroken(error)) throw asUnavailable(error);
        return readAnew(error, ask);
      }
    },
    requireInPlace() {
      if (isMoved()) throw new Moved(movedAway);
    },
    leaveMoved,
    saw(head) {
      headSeen = Math.max(headSeen, head);
    },
    recover(error) {
      try {
        return recover(error);
      } catch (second) {
        log.error({ path, reason: reasonOf(second, 'write') }, 'The journal could not be mended');
        return false;
      }
    },
    close() {
      closed = true;
      check?.stop();
      current?.database.close();
      current = null;
      lock?.release();
    },
  };
}

const beingChecked =
  'The journal is large and is being checked, as the bridge has just started. Nothing is lost: WordPress will send this again.';

const movedAway =
  'The journal’s file was deleted or replaced while the bridge had it open. It goes on with what is there now; ' +
  'stop the bridge before you change its files.';
