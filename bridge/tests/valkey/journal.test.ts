import { limits as messageLimits } from '@everypod/contract';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { type Limits, limits } from '../../src/limits.ts';
import type { Log } from '../../src/log.ts';
import { afterThisTest } from '../harness.ts';
import { openJournal } from './open.ts';
import { startValkey, type TestValkey } from './server.ts';

const position = '{everypod}:position';
const targets = '{everypod}:targets';
const changed = '{everypod}:changed';

let server: TestValkey;
let journal: Journal;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.now();
  server = await startValkey();
  journal = await open();
});

/** Once more each time a lease is over, before which no pod's claim is believed. */
async function renew(by: Journal) {
  nowMs += limits.leaseMs;
  return by.startNewEpoch((await by.position()).epoch);
}

async function open(options: { vouched?: boolean; log?: Log; limits?: Limits } = {}): Promise<Journal> {
  const opened = await openJournal({ port: server.port, now: () => nowMs, ...options });
  afterThisTest(() => opened.close());
  return opened;
}

const newEvent = (id: string) => ({
  id,
  bodyHash: id,
  change: 'post.updated',
  targets: [{ tag: id }],
  acceptedAt: Date.now(),
});
const accept = async (id: string, by = journal) =>
  expect(await by.append(newEvent(id))).toMatchObject({ kind: 'accepted' });
/** By how far a new epoch jumps ahead, so that its numbers never meet those of the one before. */
const expectJump = (head: number, from: number) => {
  expect(head - from).toBeGreaterThanOrEqual(limits.gapLeast);
  expect(head - from).toBeLessThanOrEqual(limits.gapMost);
};
const isBack = () => vi.waitFor(async () => expect(await journal.trouble()).toBeNull(), 10_000);

describe('a server that was started again', () => {
  it('has everything that was accepted, and begins a new epoch, as it may be an older copy', async () => {
    for (const id of ['one', 'two', 'three']) await accept(id);
    const before = await journal.position();
    await server.kill();
    await server.start();
    await isBack();
    const after = await journal.position();
    expect(after.epoch).not.toBe(before.epoch);
    expectJump(after.head, before.head);
    expect(after.floor).toBe(after.head);
    for (const id of ['one', 'two', 'three']) {
      expect(await journal.event(id)).toMatchObject({ id, targets: [{ tag: id }] });
      expect(await journal.append(newEvent(id))).toMatchObject({ kind: 'duplicate' });
    }
    expect(await missedSinceCursor(journal, { epoch: before.epoch, seq: 3 })).toMatchObject({
      everything: true,
    });
  });

  it('from an older copy numbers nothing twice while a bridge knows how far it was', async () => {
    await accept('one');
    await server.kill();
    const older = server.snapshot();
    await server.start();
    await isBack();
    for (const id of ['two', 'three']) await accept(id);
    const { head } = await journal.position();
    await server.kill();
    older.restore();
    await server.start();
    await isBack();
    const after = await journal.position();
    expectJump(after.head, head);
    expect(await journal.event('three')).toBeNull();
    await accept('three');
    expect((await journal.position()).head).toBe(after.head + 1);
  });

  it('from an older copy makes pods start over that no bridge remembers', async () => {
    await accept('one');
    await server.kill();
    const older = server.snapshot();
    await server.start();
    await isBack();
    await accept('two');
    const { epoch, head } = await journal.position();
    await journal.close();
    await server.kill();
    older.restore();
    await server.start();
    journal = await open();
    for (const id of ['three', 'four', 'five']) await accept(id);
    expect(await missedSinceCursor(journal, { epoch, seq: head })).toMatchObject({ everything: true });
  });

  it('gives two bridges one new epoch', async () => {
    const other = await open();
    await accept('one');
    await accept('two', other);
    await server.kill();
    await server.start();
    await isBack();
    await vi.waitFor(async () => expect(await other.trouble()).toBeNull(), 10_000);
    const [one, two] = await Promise.all([journal.position(), other.position()]);
    expect(one).toEqual(two);
    await accept('three', other);
    expect((await journal.position()).epoch).toBe(one.epoch);
  });
});

describe('a journal that is not the one that a bridge has seen', () => {
  it.each([
    { what: 'was emptied', by: ['FLUSHALL'] },
    { what: 'lost its position', by: ['DEL', position] },
    { what: 'lost its targets', by: ['DEL', targets] },
    { what: 'lost the times of its targets', by: ['DEL', changed] },
    { what: 'A2 has a head that no journal can reach', by: ['HSET', position, 'head', String(2 ** 53)] },
    { what: 'has gone back', by: ['HSET', position, 'head', '1'] },
    { what: 'is another branch of the same age', by: ['HSET', position, 'epoch', 'epoch-of-old'] },
    { what: 'is of an earlier epoch', by: ['HSET', position, 'generation', '0'] },
  ])('begins a new epoch when it $what', async ({ by: [command = '', ...args] }) => {
    for (const id of ['one', 'two']) await accept(id);
    const { epoch } = await journal.position();
    await server.ask(command, ...args);
    const after = await journal.position();
    expect(after.epoch).not.toBe(epoch);
    expect(after.epoch).not.toBe('epoch-of-old');
    expectJump(after.head, 2);
    expect(after.floor).toBe(after.head);
    expect(await journal.changedSince({ seq: 0 }, 10)).toMatchObject({ targets: [] });
    expect(await journal.position()).toEqual(after);
  });

  it.each([1, 3])(
    'begins a new epoch when another bridge went on from less, %i epochs ago',
    async (epochs) => {
      for (const id of ['one', 'two', 'three']) await accept(id);
      const other = await open();
      // As on a replica that was promoted before it had the last two.
      await server.ask('HSET', position, 'head', '1');
      await accept('two of another history', other);
      let theirs = await other.position();
      for (let nth = 0; nth < epochs; nth += 1) theirs = await renew(other);
      const ours = await journal.position();
      expect(ours.epoch).not.toBe(theirs.epoch);
      expectJump(ours.head, theirs.head);
      expect(await other.position()).toEqual(ours);
    },
  );

  it('goes on in the epoch that another bridge began from all that this one was told', async () => {
    const other = await open();
    for (const id of ['one', 'two', 'three']) await accept(id);
    let theirs = await other.position();
    for (let nth = 0; nth < 3; nth += 1) theirs = await renew(other);
    expect(await journal.position()).toEqual(theirs);
  });

  it('begins a new epoch when another bridge went on from an epoch that this one never was in', async () => {
    await accept('one');
    const other = await open();
    const { epoch } = await journal.position();
    await renew(journal);
    // As on a replica that was promoted before it had the new epoch, which then has one of its own.
    await server.ask('HSET', position, 'epoch', epoch, 'generation', '1', 'former', '');
    await server.ask('ZADD', targets, '-inf', `epoch ${epoch}`);
    await server.ask('ZADD', changed, '-inf', `epoch ${epoch}`);
    let theirs = await other.position();
    for (let nth = 0; nth < 3; nth += 1) theirs = await renew(other);
    expect((await journal.position()).epoch).not.toBe(theirs.epoch);
  });

  it('numbers nothing twice, though the bridge that begins the new epoch knows of less than others', async () => {
    const other = await open();
    for (const id of ['one', 'two', 'three']) await accept(id, other);
    const { epoch } = await other.position();
    // As on a replica that was promoted before it had any but the first.
    await server.ask('HSET', position, 'head', '1', 'replication', 'f'.repeat(40));
    const appended = await journal.append(newEvent('four'));
    expect(appended).toMatchObject({ kind: 'accepted' });
    const { head, epoch: renewed } = await journal.position();
    expect(renewed).not.toBe(epoch);
    expect(head).toBeGreaterThan(limits.gapLeast);
  });

  it('A2 gives bridges one new epoch in each lease, whichever of them pods claim it to', async () => {
    const bridges = [journal, await open(), await open()];
    await accept('one');
    const before = await journal.position();
    const claim = async (epoch: string) => {
      const seq = messageLimits.seqMost;
      const all = await Promise.all(bridges.map((bridge) => missedSinceCursor(bridge, { epoch, seq })));
      return [...new Set(all.map((missed) => missed.epoch))];
    };
    nowMs += limits.leaseMs;
    const [renewed = '', ...others] = await claim(before.epoch);
    expect([others, renewed === before.epoch]).toEqual([[], false]);
    const { head } = await journal.position();
    expectJump(head, before.head);

    nowMs += limits.leaseMs - 1;
    expect(await claim(renewed)).toEqual([renewed]);
    expect((await journal.position()).head).toBe(head);
    nowMs += 1;
    const third = await claim(renewed);
    expect([third.length, third[0] === renewed]).toEqual([1, false]);
  });

  it('keeps the targets that it set aside where the log says', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    journal = await open({ log });
    await accept('one');
    await renew(journal);
    const [line = ''] = lines;
    expect(line).toContain('a pod proves');
    const aside = JSON.parse(line).aside;
    expect(await server.ask('ZRANGE', aside, '0', '-1')).toContain('tag one');
  });
});

describe('a server that may lose what it has confirmed', () => {
  it.each([
    ['appendonly', 'no'],
    ['appendfsync', 'everysec'],
    ['appendfsync', 'no'],
    ['maxmemory-policy', 'allkeys-lru'],
  ])('with %s %s is given no event, and the reason says what to set', async (name, value) => {
    await server.ask('CONFIG', 'SET', name, value);
    journal = await open();
    const trouble = await journal.trouble();
    expect(trouble).toContain(`${name} is ${value}`);
    expect(trouble).toContain('Set appendonly yes, appendfsync always, maxmemory-policy noeviction');
    expect(await journal.append(newEvent('one'))).toEqual({ kind: 'unavailable', reason: trouble });
    expect(await journal.event('one')).toBeNull();
  });

  it('that does not show its settings is given no event', async () => {
    await server.ask('ACL', 'SETUSER', 'default', '-config');
    journal = await open();
    expect(await journal.trouble()).toContain('may not see its settings');
    expect(await journal.append(newEvent('one'))).toMatchObject({ kind: 'unavailable' });
  });

  it('is given events where the user vouches for it', async () => {
    await server.ask('CONFIG', 'SET', 'appendfsync', 'everysec');
    await server.ask('ACL', 'SETUSER', 'default', '-config');
    journal = await open({ vouched: true });
    expect(await journal.trouble()).toBeNull();
    await accept('one');
  });

  it('that hides its replication id is given events only where the user vouches for it', async () => {
    await server.ask('ACL', 'SETUSER', 'default', '-info');
    journal = await open();
    expect(await journal.append(newEvent('one'))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('replication id'),
    });
    journal = await open({ vouched: true });
    await accept('one');
  });

  it('is found out when its settings are changed later', async () => {
    const watchful = await open({ limits: { ...limits, valkeySettingsMs: 0 } });
    expect(await watchful.trouble()).toBeNull();
    await server.ask('CONFIG', 'SET', 'appendfsync', 'everysec');
    expect(await watchful.trouble()).toContain('appendfsync is everysec');
  });

  it('because it is a replica is given no event', async () => {
    const primary = await startValkey();
    await server.ask('REPLICAOF', '127.0.0.1', String(primary.port));
    expect(await journal.append(newEvent('one'))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('this is a replica'),
    });
  });
});

describe('a server that is full', () => {
  it('refuses the whole event, with the reason', async () => {
    await accept('one');
    const before = await journal.position();
    await server.ask('CONFIG', 'SET', 'maxmemory', '1');
    expect(await journal.append(newEvent('two'))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('maxmemory'),
    });
    expect(await journal.event('two')).toBeNull();
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    expect(await journal.position()).toEqual(before);
    await accept('two');
  });
});

it('scripts that the server has forgotten are given to it again', async () => {
  await accept('one');
  await server.ask('SCRIPT', 'FLUSH');
  await accept('two');
});

it('does not keep more events, nor for longer, than it is told to', async () => {
  journal = await open({ limits: { ...limits, eventsKept: 3, eventsKeptMs: 60_000 } });
  for (const id of ['one', 'two', 'three', 'four', 'five']) await accept(id);
  expect(await server.ask('ZRANGE', '{everypod}:events', '0', '-1')).toEqual(['three', 'four', 'five']);
  expect(await server.ask('ZCARD', '{everypod}:unfinished')).toBe(3);
  expect(Number(await server.ask('PTTL', '{everypod}:event:five'))).toBeGreaterThan(50_000);
  expect(await server.ask('EXISTS', '{everypod}:event:one')).toBe(0);
});
