import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Everything but the head of the file, behind the back of whoever has it open. */
export function tear(path: string) {
  const behind = new DatabaseSync(path);
  // A commit of another connection makes the first one read its pages again.
  behind.exec('UPDATE position SET floor_at = floor_at + 1; PRAGMA wal_checkpoint(TRUNCATE)');
  behind.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(statSync(path).size - 4_096, 7), 0, undefined, 4_096);
  closeSync(file);
}
