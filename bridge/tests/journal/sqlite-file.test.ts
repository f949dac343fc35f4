import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { problemSchema } from '@everypod/contract';
import { describe, expect, it, vi } from 'vitest';
import { JournalUnavailable } from '../../src/journal/journal.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import {
  afterThisTest,
  event,
  postEvent,
  quick,
  send,
  signedGet,
  startBridge,
  startWorld,
  temporaryFolder,
} from '../harness.ts';

const log = createLog('silent');

function open(path: string) {
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

/** A journal that another bridge wrote, in one file. */
async function otherJournal(path: string) {
  const journal = createSqliteJournal({ path, log, limits });
  for (let nth = 1; nth <= 5; nth += 1) await journal.append(newEvent(`other-${nth}`));
  await journal.close();
  return path;
}

/** Events that a new connection finds at this path. */
function eventsAt(path: string): unknown[] {
  const reader = new DatabaseSync(path);
  const ids = reader.prepare('SELECT id FROM event ORDER BY seq').all();
  reader.close();
  return ids.map(({ id }) => id);
}

const moves = [
  { what: 'deleted', move: (path: string) => unlinkSync(path), kept: [] },
  {
    what: 'deleted with all beside it',
    move: (path: string) => {
      for (const part of ['', '-wal', '-shm', '.lock']) rmSync(path + part, { force: true });
    },
    kept: [],
  },
  {
    what: 'deleted with its folder',
    move: (path: string) => rmSync(join(path, '..'), { recursive: true }),
    kept: [],
  },
  {
    what: 'replaced by another journal',
    move: async (path: string) => renameSync(await otherJournal(`${path}.other`), path),
    kept: ['other-1', 'other-2', 'other-3', 'other-4', 'other-5'],
  },
  {
    what: 'replaced by an older copy of itself',
    move: (path: string) => renameSync(`${path}.copy`, path),
    kept: ['one'],
  },
  {
    what: 'replaced by what is no journal',
    move: (path: string) => {
      unlinkSync(path);
      writeFileSync(path, 'This is not a database, and it is long enough to be looked at.');
    },
    kept: [],
  },
];

describe('A6 a journal whose file is taken away underneath', () => {
  /** With three events, of which a copy has the first. */
  async function journalOfThree() {
    const folder = join(temporaryFolder(), 'data');
    const path = join(folder, 'journal.db');
    const first = createSqliteJournal({ path, log, limits });
    await first.append(newEvent('one'));
    await first.close();
    copyFileSync(path, `${path}.copy`);
    const journal = open(path);
    for (const id of ['two', 'three']) await journal.append(newEvent(id));
    return { path, journal, before: await journal.position() };
  }

  it.each(moves)('A6 accepts nothing into a file that was $what', async ({ move, kept }) => {
    const { path, journal, before } = await journalOfThree();
    await move(path);
    expect((await journal.append(newEvent('after'))).kind).toBe('accepted');
    expect(eventsAt(path)).toEqual([...kept, 'after']);
    const after = await journal.position();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.head).toBeGreaterThan(before.head);
  });

  it.each(moves)(
    'A6 is not ready when its file was $what, says why, and is again with what is there',
    async ({ move, kept }) => {
      const { path, journal, before } = await journalOfThree();
      await move(path);
      expect(await journal.trouble()).toContain('deleted or replaced');
      expect(await journal.trouble()).toBeNull();
      expect(eventsAt(path)).toEqual(kept);
      expect((await journal.position()).epoch).not.toBe(before.epoch);
    },
  );

  it('A6 leaves what was moved elsewhere whole', async () => {
    const { path, journal } = await journalOfThree();
    renameSync(path, `${path}.moved`);
    await journal.append(newEvent('after'));
    expect(eventsAt(`${path}.moved`)).toEqual(['one', 'two', 'three']);
  });

  it('A6 is not ready for as long as there is nowhere to put it', async () => {
    const { path, journal } = await journalOfThree();
    const folder = join(path, '..');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder was');
    expect(await journal.append(newEvent('refused'))).toMatchObject({ kind: 'unavailable' });
    await expect(journal.trouble()).rejects.toThrow(JournalUnavailable);
    rmSync(folder);
    expect((await journal.append(newEvent('after'))).kind).toBe('accepted');
    expect(await journal.trouble()).toBeNull();
    expect(eventsAt(path)).toEqual(['after']);
  });
});

describe('A6 a journal that another bridge has', () => {
  it.each([
    { what: 'under its own name', at: (path: string) => path },
    {
      what: 'through a link to it',
      at: (path: string) => {
        symlinkSync(path, `${path}.link`);
        return `${path}.link`;
      },
    },
    {
      what: 'through a link to its folder',
      at: (path: string) => {
        symlinkSync(join(path, '..'), join(path, '../../link'));
        return join(path, '../../link/journal.db');
      },
    },
  ])('A6 is refused $what, and free once that one has closed it', async ({ at }) => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(folder);
    const path = join(folder, 'journal.db');
    const first = open(path);
    await first.append(newEvent('one'));
    const place = at(path);
    expect(() => createSqliteJournal({ path: place, log, limits })).toThrow('Another bridge has the journal');
    expect((await first.append(newEvent('two'))).kind).toBe('accepted');
    await first.close();
    expect(await open(place).event('two')).not.toBeNull();
  });

  it('A6 stays free for those who only read it or copy it', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const journal = open(path);
    await journal.append(newEvent('one'));
    const copying = new DatabaseSync(path);
    copying.prepare('VACUUM INTO ?').run(`${path}.backup`);
    copying.close();
    expect(eventsAt(`${path}.backup`)).toEqual(['one']);
  });
});

/** Another process that holds the right to write until it is told to let go. */
async function holdElsewhere(path: string) {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    database.exec('BEGIN IMMEDIATE');
    console.log('held');
    process.stdin.once('data', () => {
      database.exec('ROLLBACK');
      console.log('let go');
    });
  `;
  const holder = spawn(process.execPath, ['-e', program, path]);
  afterThisTest(() => holder.kill('SIGKILL'));
  expect(String(await once(holder.stdout, 'data'))).toContain('held');
  return async () => {
    holder.stdin.write('go\n');
    expect(String(await once(holder.stdout, 'data'))).toContain('let go');
  };
}

describe('A6 a journal that another process writes to', () => {
  it('A6 waits for it without holding up anything else, and then answers that it is unavailable', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const world = await startWorld({ EVERYPOD_JOURNAL: `sqlite:${path}` });
    const bridge = await startBridge(world, { limits: { ...quick, journalRetryMs: 0 } });
    await send(bridge);
    const letGo = await holdElsewhere(path);

    let answered = false;
    const askedAt = performance.now();
    const event1 = postEvent(bridge, event([{ tag: 'refused' }])).finally(() => {
      answered = true;
    });
    let longest = 0;
    let asked = 0;
    while (!answered) {
      const from = performance.now();
      expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
      expect((await signedGet(bridge, '/v1/pods')).status).toBe(200);
      longest = Math.max(longest, performance.now() - from);
      asked += 1;
    }
    const answer = await event1;
    expect(performance.now() - askedAt).toBeGreaterThanOrEqual(limits.sqliteBusyMs);
    expect(answer.status).toBe(503);
    expect(problemSchema.parse(await answer.json()).detail).toContain('database is locked');
    expect(asked).toBeGreaterThan(5);
    expect(longest).toBeLessThan(limits.sqliteBusyMs / 2);

    const unready = await fetch(`${bridge.url}/readyz`);
    expect([unready.status, await unready.text()]).toEqual([503, expect.stringContaining('locked')]);
    await letGo();
    await vi.waitFor(async () => expect((await fetch(`${bridge.url}/readyz`)).status).toBe(200), 5_000);
    await send(bridge, event([{ tag: 'accepted' }]));
  });

  it('A6 accepts what waited, in one commit, as soon as that process lets go', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    const journal = open(path);
    await journal.append(newEvent('one'));
    const letGo = await holdElsewhere(path);
    const waiting = ['two', 'three'].map((id) => journal.append(newEvent(id)));
    await new Promise((resolve) => setImmediate(resolve));
    waiting.push(journal.append(newEvent('four')));
    await letGo();
    for (const { kind } of await Promise.all(waiting)) expect(kind).toBe('accepted');
    expect(eventsAt(path)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('A6 is opened once that process lets go, where it could not be at the start', async () => {
    const path = join(temporaryFolder(), 'journal.db');
    await otherJournal(path);
    const letGo = await holdElsewhere(path);
    const world = await startWorld({ EVERYPOD_JOURNAL: `sqlite:${path}` });
    const bridge = await startBridge(world);
    const unready = await fetch(`${bridge.url}/readyz`);
    expect([unready.status, await unready.text()]).toEqual([503, expect.stringContaining('locked')]);
    await letGo();
    expect((await fetch(`${bridge.url}/readyz`)).status).toBe(200);
    await send(bridge);
  });
});
