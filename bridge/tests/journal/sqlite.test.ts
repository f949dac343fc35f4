import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { afterThisTest, temporaryFolder } from '../harness.ts';
import { journalConforms } from './conformance.ts';

const log = createLog('silent');

journalConforms('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-journal-'));
  return {
    open: async (options) => createSqliteJournal({ path: join(folder, 'journal.db'), log, ...options }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

function open(path: string): Journal {
  const journal = createSqliteJournal({ path, log, limits });
  afterThisTest(() => journal.close());
  return journal;
}

const newEvent = (id: string) => ({
  id,
  bodyHash: id,
  change: 'post.updated',
  targets: [{ tag: id }],
  acceptedAt: Date.now(),
});

describe('a journal in SQLite', () => {
  it('has an event on disk, where another connection reads it, when it says accepted', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const journal = open(path);
    await journal.append(newEvent('one'));
    const reader = new DatabaseSync(path, { readOnly: true });
    expect(reader.prepare('SELECT id FROM event').all()).toEqual([{ id: 'one' }]);
    reader.close();
  });

  it('puts everything that waits into one commit', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const journal = open(path);
    const reader = new DatabaseSync(path, { readOnly: true });
    afterThisTest(() => reader.close());
    const count = () => reader.prepare('SELECT count(*) AS events FROM event').get()?.events;
    const seen = new Set<unknown>();
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        await journal.append(newEvent(`event-${index}`));
        seen.add(count());
      }),
    );
    expect([...seen]).toEqual([30]);
  });

  it('makes the folder it is to be in', async () => {
    const journal = open(join(temporaryFolder(), 'a', 'b', 'journal.db'));
    expect((await journal.append(newEvent('one'))).kind).toBe('accepted');
  });

  it('works in memory, without promises about a restart', async () => {
    expect((await open(':memory:').append(newEvent('one'))).kind).toBe('accepted');
  });

  it.each([
    {
      what: 'is no database',
      content: Buffer.from('this is not a database, and it is long enough to be looked at'),
    },
    { what: 'was torn', content: Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_192, 7)]) },
  ])('sets a file aside that $what, and starts a new epoch', async ({ content }) => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.db');
    writeFileSync(path, content);
    const journal = open(path);
    expect((await journal.append(newEvent('one'))).kind).toBe('accepted');
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.broken-'))).toHaveLength(1);
  });

  it('refuses an event, with the reason, while the file cannot be written, and loses nothing accepted', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const journal = createSqliteJournal({ path, log, limits: { ...limits, sqliteBusyMs: 20 } });
    afterThisTest(() => journal.close());
    await journal.append(newEvent('one'));
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');
    const refused = await journal.append(newEvent('two'));
    holder.exec('ROLLBACK');
    holder.close();
    expect(refused).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('could not write'),
    });
    expect((await journal.append(newEvent('three'))).kind).toBe('accepted');
    expect((await journal.changedSince({ seq: 0 }, 100)).targets).toEqual([{ tag: 'one' }, { tag: 'three' }]);
  });
});
