// Preloaded by --import: asks the bridge's own connection to SQLite how it writes, since no other connection can tell.
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const file = process.env.EVERYPOD_FAULTS_READ_BACK_FILE;
const { exec } = DatabaseSync.prototype;
let read = false;

if (file) {
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql);
    // Once it writes it is as it will stay.
    if (read || !/^COMMIT/i.test(sql)) return;
    read = true;
    const one = (pragma) => Object.values(this.prepare(`PRAGMA ${pragma}`).get())[0];
    writeFileSync(
      file,
      JSON.stringify({ synchronous: one('synchronous'), journalMode: one('journal_mode') }),
    );
  };
}
