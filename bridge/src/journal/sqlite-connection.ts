import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { JournalUnavailable } from './journal.ts';
import { newName } from './names.ts';
import { moveAside } from './sqlite-aside.ts';
import { asUnavailable, isBroken, isOutOfRoom, reasonOf } from './sqlite-errors.ts';
import { forgetAtOpening } from './sqlite-forget.ts';
import { makeRoom, removeAside } from './sqlite-make-room.ts';
import { inMemory, openDatabase } from './sqlite-open.ts';
import { positionRow } from './sqlite-rows.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';

type Options = { path: string; log: Log; limits: Limits; now: () => number };

export type OpenedJournal = { database: DatabaseSync; sql: Statements };

/** The journal's file, which is opened again at its next use where it is not open. */
export type SqliteConnection = {
  /** @throws {JournalUnavailable} when it can't be opened at the moment */
  use(): OpenedJournal;
  read<T>(ask: (sql: Statements) => T): T;
  /** To be told each number that was committed: no later epoch begins below it. */
  saw(head: number): void;
  /** Does what it can about a failed write; true when another attempt may succeed. */
  recover(error: unknown): boolean;
  close(): void;
};

/** @throws what is wrong with the place, unless it is only short of room */
export function createConnection(options: Options): SqliteConnection {
  const { path, log, limits, now } = options;
  let opened: OpenedJournal | null = null;
  let closed = false;
  let headSeen = 0;

  function open(): OpenedJournal {
    const database = openDatabase(options);
    try {
      const sql = prepareStatements(database);
      const { head } = positionRow.parse(sql.position.get());
      const at = now();
      // Events that are under way keep their numbers, so those of the new epoch go on from there.
      if (head < headSeen) sql.renew.run(newName(), at, headSeen, headSeen, at);
      headSeen = Math.max(headSeen, head);
      forgetAtOpening({ database, sql }, options);
      return { database, sql };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** A broken file is set aside, and a new one begun. */
  function openWhateverIsThere(): OpenedJournal {
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
    opened?.database.close();
    opened = null;
    if (path === inMemory) return;
    const aside = moveAside({ path, limits, now: now() });
    log.error({ path, aside, reason }, 'The journal is broken and was set aside: a new epoch begins');
  }

  function use(): OpenedJournal {
    if (closed) throw new JournalUnavailable('The journal is closed, as the bridge is stopping.');
    if (opened) return opened;
    try {
      opened = openWhateverIsThere();
      return opened;
    } catch (error) {
      throw new JournalUnavailable(reasonOf(error, 'read'));
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

  function recover(error: unknown): boolean {
    if (isBroken(error)) startOver(error);
    return isOutOfRoom(error) && opened !== null && makeRoom(opened, options);
  }

  try {
    opened = openWhateverIsThere();
  } catch (error) {
    if (!isOutOfRoom(error)) throw error;
    log.error({ path, reason: reasonOf(error, 'read') }, 'The journal could not be opened yet');
  }

  return {
    use,
    read(ask) {
      try {
        return ask(use().sql);
      } catch (error) {
        if (!isBroken(error)) throw asUnavailable(error);
        return readAnew(error, ask);
      }
    },
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
      opened?.database.close();
      opened = null;
    },
  };
}
