import {
  closeSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { type Journal, JournalUnavailable } from '../../src/journal/journal.ts';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { createSqliteJournal } from '../../src/journal/sqlite.ts';
import { limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { afterThisTest, temporaryFolder } from '../harness.ts';
import { type Place, smallDisk, smallJournal } from './small-places.ts';
import { tear } from './tear.ts';

const log = createLog('silent');
const start = Date.UTC(2026, 0, 1);
const days = 24 * 3_600_000;

/** A journal whose clock the test moves. */
function open(place: Place) {
  const clock = { nowMs: start };
  const journal = createSqliteJournal({ ...place, log, now: () => clock.nowMs });
  afterThisTest(() => journal.close());
  const append = async (id: string, pathBytes = 20) => {
    const { kind } = await journal.append({
      id,
      bodyHash: 'x'.repeat(64),
      change: 'post.updated',
      targets: Array.from({ length: 10 }, (_, nth) => ({ path: `/${nth}/${'x'.repeat(pathBytes)}` })),
      acceptedAt: clock.nowMs,
    });
    return kind;
  };
  return { journal, clock, append };
}

/** As of an event that a hundred pods have settled. */
function finalReport(id: string): Report {
  const pods = Array.from({ length: 100 }, (_, nth) => ({
    name: `nextjs-7d9f8b6c5-abc${nth}`,
    ip: `10.244.0.${nth}`,
    instance: `instance-${nth}`,
    state: 'applied' as const,
    ms: 12,
    attempts: 1,
  }));
  const counts = { applied: 100, behind: 0, refused: 0, failed: 0, unreachable: 0, starting: 0, gone: 0 };
  return {
    id,
    state: 'settled',
    final: true,
    seq: 1,
    acceptedAt: new Date(start).toISOString(),
    targets: [],
    discovery: [],
    pods,
    counts: { ...counts, pods: 100, asked: 0, settled: 100 },
  };
}

/** Takes all that is left of a disk. */
function fill(file: string) {
  const open = openSync(file, 'w');
  try {
    for (;;) writeSync(open, Buffer.alloc(4_096));
  } catch {
    closeSync(open);
  }
}

function roomLeft({ path }: Place): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

function asideOf({ path }: Place): string[] {
  return readdirSync(dirname(path)).filter((name) => /broken|rolled-back/.test(name));
}

describe.each([
  { where: 'on a full disk', make: smallDisk },
  { where: 'at the limit of its size', make: smallJournal },
])('a journal $where', ({ make }) => {
  it('goes on accepting, as it forgets the oldest events with their reports, and no target', async (context) => {
    const { journal, append } = open(make(context));
    for (let nth = 1; nth <= 400; nth += 1) {
      expect(await append(`event-${nth}`)).toBe('accepted');
      await journal.keepReport(finalReport(`event-${nth}`));
    }
    expect(await journal.event('event-1')).toBeNull();
    expect((await journal.event('event-400'))?.report?.final).toBe(true);
    const { position, targets } = await journal.changedSince({ seq: 0 }, 100);
    expect(targets).toHaveLength(10);
    expect(position.floor).toBe(0);
  });

  it('keeps an event that is still followed, and lets it go once nobody does', async (context) => {
    const { journal, clock, append } = open(make(context));
    const appendMany = async (from: number) => {
      for (let nth = from; nth < from + 100; nth += 1) {
        await append(`event-${nth}`);
        await journal.keepReport(finalReport(`event-${nth}`));
      }
    };
    await append('followed');
    await appendMany(1);
    expect(await journal.event('event-1')).toBeNull();
    expect(await journal.event('followed')).not.toBeNull();
    clock.nowMs += limits.eventBudgetMs + 1;
    await appendMany(101);
    expect(await journal.event('followed')).toBeNull();
  });

  it('accepts an event that waits together with more than there is room for', async (context) => {
    const { journal, append } = open(make(context));
    await append('one');
    const [pod] = finalReport('one').pods;
    const wide = { ...finalReport('one'), pods: Array.from({ length: 5_000 }, () => pod as never) };
    const [kept, kind] = await Promise.allSettled([journal.keepReport(wide), append('two')]);
    expect(kept).toMatchObject({ status: 'rejected', reason: expect.any(JournalUnavailable) });
    expect(kind).toMatchObject({ value: 'accepted' });
  });

  it('takes many at once among few, and keeps their reports', async (context) => {
    const { journal, clock } = open(make(context));
    for (let round = 1; round <= 300; round += 1) {
      clock.nowMs += 20_000;
      const events = Array.from({ length: round % 10 === 0 ? round % 60 : 2 }, (_, at) => ({
        id: `event-${round}-${at}`,
        bodyHash: 'x'.repeat(64),
        change: 'post.updated',
        targets: Array.from({ length: 6 }, (_, nth) => ({
          path: `/${(round * 7 + at + nth * 31) % 200}/${'x'.repeat(60)}`,
        })),
        acceptedAt: clock.nowMs,
      }));
      const appended = await Promise.all(events.map((event) => journal.append(event)));
      for (const { kind } of appended) expect(kind).toBe('accepted');
      await Promise.all(
        events.map(({ id }) => {
          const report = finalReport(id);
          return journal.keepReport({ ...report, pods: report.pods.slice(0, 20) });
        }),
      );
    }
    const { epoch } = await journal.position();
    expect((await journal.startNewEpoch(epoch)).epoch).not.toBe(epoch);
  });

  it('heals by itself once what fills it is old', async (context) => {
    const { journal, clock, append } = open(make(context));
    let kind = 'accepted';
    for (let nth = 1; nth <= 2_000 && kind === 'accepted'; nth += 1) kind = await append(`event-${nth}`, 60);
    expect(kind).toBe('unavailable');
    clock.nowMs += 8 * days;
    for (let nth = 1; nth <= 100; nth += 1) expect(await append(`after-${nth}`, 60)).toBe('accepted');
    expect(await journal.event('event-1')).toBeNull();
  });
});

describe('a journal in SQLite', () => {
  it('forgets what is too old when it is opened', async () => {
    const place = { path: join(temporaryFolder(), 'journal.db'), limits };
    const first = open(place);
    await first.append('old');
    await first.journal.close();
    const journal = createSqliteJournal({ ...place, log, now: () => start + 8 * days });
    afterThisTest(() => journal.close());
    expect(await journal.event('old')).toBeNull();
    expect((await journal.changedSince({ seq: 0 }, 100)).targets).toHaveLength(10);
  });

  it('is unavailable while a broken file can neither be set aside nor replaced, and then opens anew', async () => {
    const folder = join(temporaryFolder(), 'data');
    const place = { path: join(folder, 'journal.db'), limits };
    const { journal, append } = open(place);
    for (let nth = 1; nth <= 100; nth += 1) await append(`event-${nth}`);
    const before = await journal.position();
    tear(place.path);
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'a file where the folder was');

    await expect(journal.changedSince({ seq: 0 }, 100)).rejects.toThrow(JournalUnavailable);
    expect(await append('refused')).toBe('unavailable');
    await expect(journal.trouble()).rejects.toThrow(JournalUnavailable);

    rmSync(folder);
    expect(await append('after')).toBe('accepted');
    const after = await journal.position();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.head).toBeGreaterThan(before.head);
  });
});

describe('a disk that is full of journals that were set aside', () => {
  const oldest = 'rolled-back-2026-01-01T000000.000Z';
  const newest = 'broken-2026-01-02T000000.000Z';

  it('loses the oldest of them, whatever the reason, for the next event', async (context) => {
    const place = smallDisk(context);
    const { append } = open(place);
    expect(await append('one')).toBe('accepted');
    writeFileSync(`${place.path}.${oldest}`, Buffer.alloc(100_000));
    fill(`${place.path}.${newest}`);
    let kind = 'accepted';
    for (let nth = 1; nth <= 20; nth += 1) {
      kind = await append(`event-${nth}`);
      expect(kind).toBe('accepted');
    }
    expect(asideOf(place)).toEqual([`journal.db.${newest}`]);
  });

  it('does not keep a journal from being opened', async (context) => {
    const place = smallDisk(context);
    fill(`${place.path}.${oldest}`);
    expect(await open(place).append('one')).toBe('accepted');
    expect(asideOf(place)).toEqual([]);
  });
});

describe('a disk that something else fills', () => {
  it('keeps a bridge from accepting, not from starting, and it goes on once there is room', async (context) => {
    const place = smallDisk(context);
    const filler = `${dirname(place.path)}/filler`;
    fill(filler);
    const { journal, append } = open(place);
    expect(await append('refused')).toBe('unavailable');
    await expect(journal.trouble()).rejects.toThrow(JournalUnavailable);
    await expect(journal.changedSince({ seq: 0 }, 100)).rejects.toThrow(JournalUnavailable);
    rmSync(filler);
    expect(await append('accepted')).toBe('accepted');
  });

  const uses = {
    'an event is written': (journal: Journal) => journal.keepReport(finalReport('event-1')),
    'a pod asks': (journal: Journal) => journal.changedSince({ seq: 0 }, 1_000),
  };
  it.for(Object.entries(uses))(
    'has a journal that is found broken while %s replaced',
    async ([, use], context) => {
      const place = smallDisk(context, 2_000);
      const { journal, append } = open(place);
      for (let nth = 1; nth <= 50; nth += 1) await append(`event-${nth}`, 100 + nth);
      const before = await journal.position();
      tear(place.path);
      fill(`${dirname(place.path)}/filler`);
      await use(journal).catch(() => undefined);
      expect(await append('after')).toBe('accepted');
      const after = await journal.position();
      expect(after.epoch).not.toBe(before.epoch);
      expect(after.head).toBeGreaterThan(before.head);
    },
  );
});

describe('a journal that has gone back on a disk with less room than it has', () => {
  it.for([
    { what: 'without a copy', short: limits },
    // As if the room had gone while the copy was made.
    { what: 'without what there is of a copy', short: { shortOfRoomBytes: -2_000_000 } },
  ])('begins a new epoch, $what', async ({ short }, context) => {
    const small = smallDisk(context, 8_000);
    const place = { ...small, limits: { ...small.limits, ...short } };
    const { journal, clock, append } = open(place);
    for (let nth = 1; nth <= 50; nth += 1) await append(`event-${nth}`, 300 + nth);
    clock.nowMs += limits.leaseMs;
    writeFileSync(`${dirname(place.path)}/filler`, Buffer.alloc(roomLeft(place) - 200_000));
    const { epoch, head } = await journal.position();
    const missed = await missedSinceCursor(journal, { epoch, seq: head + 50 });
    expect(missed).toMatchObject({ everything: true, why: 'the journal has gone back' });
    expect(missed.epoch).not.toBe(epoch);
    expect(asideOf(place)).toEqual([]);
    expect(await append('after')).toBe('accepted');
  });
});
