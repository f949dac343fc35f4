import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { limits as messageLimits } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { afterThisTest, temporaryFolder } from '../harness.ts';
import { journalConforms } from './conformance.ts';
import { tear } from './tear.ts';

const log = createLog('silent');

journalConforms('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-journal-'));
  return {
    open: async (options) => createSqliteJournal({ path: join(folder, 'journal.db'), log, ...options }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

/** A lease after the epochs that a test's own clock began, so that a pod's claim is judged. */
const aLeaseLater = () => Date.now() + limits.leaseMs;

function open(path: string, now = Date.now): Journal {
  const journal = createSqliteJournal({ path, log, limits, now });
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

  it('has nothing of what visits were told of an event once its time is over, whoever was there to end it', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    let nowMs = Date.now();
    const about = { site: 'https://example.org' };
    const rows = () => {
      const reader = new DatabaseSync(path, { readOnly: true });
      const found = reader.prepare('SELECT event_id FROM about').all();
      reader.close();
      return found.map(({ event_id }) => event_id);
    };
    const first = open(path, () => nowMs);
    await first.append({ ...newEvent('left'), acceptedAt: nowMs, about });
    await first.append({ ...newEvent('ended'), acceptedAt: nowMs, about });
    nowMs += limits.eventBudgetMs - 1;
    await first.append({ ...newEvent('open'), acceptedAt: nowMs, about });
    await first.close();
    const second = open(path, () => nowMs);
    expect(rows()).toEqual(['ended', 'left', 'open']);
    await second.close();
    nowMs += 2;
    open(path, () => nowMs);
    expect(rows()).toEqual(['open']);
  });

  it('goes on with a file of before there was anything to tell visits, in the same epoch', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const former = open(path);
    await former.append(newEvent('one'));
    const { epoch } = await former.position();
    await former.close();
    const writer = new DatabaseSync(path);
    writer.exec('DROP TABLE about');
    writer.close();
    const journal = open(path);
    expect(await journal.position()).toMatchObject({ epoch });
    expect(await journal.about('one')).toBeNull();
    await journal.append({ ...newEvent('two'), about: { site: 'https://example.org' } });
    expect(await journal.about('two')).toEqual({ site: 'https://example.org' });
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

  it.each([
    { what: 'an event is to be written', use: (journal: Journal) => journal.append(newEvent('next')) },
    { what: 'a pod asks', use: (journal: Journal) => journal.changedSince({ seq: 0 }, 10_000) },
  ])('sets its file aside when it turns out to be broken while $what, and goes on', async ({ use }) => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.db');
    const journal = open(path);
    await Promise.all(Array.from({ length: 400 }, (_, nth) => journal.append(newEvent(`event-${nth}`))));
    const before = await journal.position();
    tear(path);

    await use(journal).catch(() => undefined);
    expect((await journal.append(newEvent('after'))).kind).toBe('accepted');
    const after = await journal.position();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.head).toBeGreaterThan(before.head);
    expect(await missedSinceCursor(journal, { epoch: before.epoch, seq: before.head })).toMatchObject({
      everything: true,
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.broken-'))).not.toEqual([]);
  });

  it('sets a file of another form aside', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.db');
    const old = new DatabaseSync(path);
    old.exec('CREATE TABLE position (head INTEGER); PRAGMA user_version = 1');
    old.close();
    expect((await open(path).append(newEvent('one'))).kind).toBe('accepted');
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.broken-'))).toHaveLength(1);
  });

  it.each([messageLimits.seqMost + 1, Number.MAX_SAFE_INTEGER, 2n ** 53n + 5n, 2n ** 63n - 1n])(
    'A2 sets a file aside whose head is %d, which no journal can reach, and starts a new epoch',
    async (head) => {
      const folder = temporaryFolder();
      const path = join(folder, 'journal.db');
      const before = createSqliteJournal({ path, log, limits });
      await before.append(newEvent('one'));
      await before.close();
      const poisoned = new DatabaseSync(path);
      poisoned.prepare('UPDATE position SET head = ?').run(head);
      poisoned.close();
      const journal = open(path);
      expect(await journal.append(newEvent('two'))).toMatchObject({ kind: 'accepted', event: { seq: 1 } });
      expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.broken-'))).toHaveLength(1);
    },
  );

  it('keeps no more broken journals than a person wants to look at', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.db');
    for (let nth = 1; nth <= 5; nth += 1) {
      writeFileSync(path, 'this is not a database, and it is long enough to be looked at');
      const journal = createSqliteJournal({ path, log, limits, now: () => Date.UTC(2026, 0, nth) });
      await journal.close();
      rmSync(path);
    }
    const aside = readdirSync(folder).filter((name) => name.includes('.broken-'));
    expect(aside.map((name) => name.slice(18, 28)).sort()).toEqual([
      '2026-01-03',
      '2026-01-04',
      '2026-01-05',
    ]);
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

describe('a journal in SQLite that has gone back', () => {
  /** Numbers up to which pods have come, of a journal that then goes back to a copy of `copiedAt` events. */
  async function goneBack({ events, copiedAt }: { events: number; copiedAt: number }) {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.db');
    const copy = join(folder, 'copy.db');
    for (let nth = 1; nth <= events; nth += 1) {
      const journal = createSqliteJournal({ path, log, limits });
      await journal.append(newEvent(`event-${nth}`));
      await journal.close();
      if (nth === copiedAt) copyFileSync(path, copy);
    }
    const before = createSqliteJournal({ path, log, limits });
    const { epoch, head } = await before.position();
    await before.close();
    copyFileSync(copy, path);
    return { folder, path, cursor: { epoch, seq: head } };
  }

  it.each([
    { what: 'before anything new was accepted', since: 0 },
    { what: 'also when it has moved on past where the pod is', since: 3 },
  ])('is found out by the first pod that asks, $what', async ({ since }) => {
    const { folder, path, cursor } = await goneBack({ events: 2, copiedAt: 1 });
    const journal = open(path, aLeaseLater);
    for (let nth = 1; nth <= since; nth += 1) await journal.append(newEvent(`new-${nth}`));
    const missed = await missedSinceCursor(journal, cursor);
    expect(missed).toMatchObject({ everything: true, why: 'the journal has gone back' });
    expect(missed.epoch).not.toBe(cursor.epoch);
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.db.rolled-back-'))).toHaveLength(1);
  });

  it('A2 accepts events while a copy of it is made for a person to look at', async () => {
    const { folder, path, cursor } = await goneBack({ events: 2, copiedAt: 1 });
    const journal = open(path, aLeaseLater);
    const order: string[] = [];
    const claimed = missedSinceCursor(journal, cursor).then((missed) => {
      order.push('new epoch');
      return missed;
    });
    const appended = await journal.append(newEvent('meanwhile'));
    order.push(appended.kind);
    expect((await claimed).epoch).not.toBe(cursor.epoch);
    expect(order).toEqual(['accepted', 'new epoch']);
    const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('journal.db.rolled-back-'));
    const copy = new DatabaseSync(join(folder, aside), { readOnly: true });
    expect(copy.prepare('SELECT id FROM event').all()).toContainEqual({ id: 'event-1' });
    copy.close();
  });

  it('moves on past where a pod is when many events were lost, and is still found out', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const copy = `${path}.copy`;
    const first = createSqliteJournal({ path, log, limits });
    await first.append(newEvent('kept'));
    await first.close();
    copyFileSync(path, copy);
    const lost = createSqliteJournal({ path, log, limits });
    await Promise.all(Array.from({ length: 200 }, (_, nth) => lost.append(newEvent(`lost-${nth}`))));
    const { epoch, head } = await lost.position();
    await lost.close();
    copyFileSync(copy, path);
    const journal = open(path);
    await Promise.all(Array.from({ length: 300 }, (_, nth) => journal.append(newEvent(`new-${nth}`))));
    // Two lives jump by different distances, so the numbers of one are not those of the other.
    expect(await missedSinceCursor(journal, { epoch, seq: head })).toMatchObject({ everything: true });
  });

  it('is not suspected by pods that saw all of its lives', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const seen = [];
    for (let life = 1; life <= 4; life += 1) {
      const journal = createSqliteJournal({ path, log, limits });
      const { epoch, head } = await journal.position();
      seen.push({ epoch, seq: head });
      await journal.append(newEvent(`event-${life}`));
      const after = await journal.position();
      seen.push({ epoch: after.epoch, seq: after.head });
      await journal.close();
    }
    const journal = open(path);
    const { epoch } = await journal.position();
    for (const cursor of seen.filter((cursor) => cursor.epoch === epoch)) {
      expect(await missedSinceCursor(journal, cursor)).toMatchObject({ targets: expect.any(Array) });
    }
    expect(await missedSinceCursor(journal, { epoch, seq: 0 })).toMatchObject({ targets: { length: 4 } });
  });

  it('has a name of its own when it goes back to before its first event', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    await createSqliteJournal({ path, log, limits }).close();
    copyFileSync(path, `${path}.copy`);
    const journal = createSqliteJournal({ path, log, limits });
    await journal.append(newEvent('lost'));
    const { epoch } = await journal.position();
    await journal.close();
    copyFileSync(`${path}.copy`, path);
    expect((await open(path).position()).epoch).not.toBe(epoch);
  });

  it('forgets the oldest of the numbers it left out by raising its floor above them', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const few = { ...limits, gapsRemembered: 2 };
    const heads = [];
    for (let life = 1; life <= 5; life += 1) {
      const journal = createSqliteJournal({ path, log, limits: few });
      await journal.append(newEvent(`event-${life}`));
      heads.push((await journal.position()).head);
      await journal.close();
    }
    const journal = open(path);
    const { gaps, floor, epoch } = await journal.position();
    expect(gaps).toHaveLength(2);
    const forgotten = Number(heads[1]) - 5;
    expect(forgotten).toBeLessThan(floor);
    expect(await missedSinceCursor(journal, { epoch, seq: forgotten })).toMatchObject({ everything: true });
  });
});
