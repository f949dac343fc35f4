import { describe, expect, it, vi } from 'vitest';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { limits } from '../../src/limits.ts';
import { afterThisTest } from '../harness.ts';
import { openConnection, openJournal } from './open.ts';
import { startProxy } from './proxy.ts';
import { startValkey } from './server.ts';

/** A replica is given its copy without waiting for others to come. */
const atOnce = { 'repl-diskless-sync-delay': '0' };

const newEvent = (id: string) => ({
  id,
  bodyHash: id,
  change: 'post.updated',
  targets: [{ tag: id }],
  acceptedAt: Date.now(),
});

it('a failover to a replica that lacks the last events begins a new epoch, above what was numbered', async () => {
  const primary = await startValkey(atOnce);
  const replica = await startValkey();
  const proxy = await startProxy(primary.port);
  const journal = await openJournal({ port: proxy.port });
  afterThisTest(() => journal.close());
  await journal.append(newEvent('kept'));
  await replica.ask('REPLICAOF', '127.0.0.1', String(primary.port));
  await vi.waitFor(async () => expect(await replica.ask('EXISTS', '{everypod}:event:kept')).toBe(1), 20_000);
  // Promoted while the bridge still writes to the former primary.
  await replica.ask('REPLICAOF', 'NO', 'ONE');
  for (const id of ['lost', 'lost as well']) await journal.append(newEvent(id));
  const before = await journal.position();
  await primary.kill();
  proxy.leadTo(replica.port);
  await vi.waitFor(async () => expect(await journal.trouble()).toBeNull(), 10_000);

  const after = await journal.position();
  expect(after.head).toBeGreaterThanOrEqual(before.head + limits.gapLeast);
  expect(after.floor).toBe(after.head);
  expect(await journal.event('kept')).not.toBeNull();
  const pod = { epoch: before.epoch, seq: 1 };
  expect(await missedSinceCursor(journal, pod)).toMatchObject({ epoch: after.epoch, everything: true });
  expect(await journal.append(newEvent('lost'))).toMatchObject({
    kind: 'accepted',
    event: { seq: after.head + 1 },
  });
});

describe('a former primary that goes on running as a replica', () => {
  it('is left for the server that the address leads to now', async () => {
    const [primary, other] = [await startValkey(atOnce), await startValkey()];
    const proxy = await startProxy(primary.port);
    const journal = await openJournal({ port: proxy.port });
    afterThisTest(() => journal.close());
    await journal.append(newEvent('before'));
    await other.ask('REPLICAOF', '127.0.0.1', String(primary.port));
    await vi.waitFor(
      async () => expect(await other.ask('EXISTS', '{everypod}:event:before')).toBe(1),
      20_000,
    );
    await other.ask('REPLICAOF', 'NO', 'ONE');
    await primary.ask('REPLICAOF', '127.0.0.1', String(other.port));
    proxy.leadNewTo(other.port);

    expect(await journal.append(newEvent('after'))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('this is a replica'),
    });
    await vi.waitFor(
      async () => expect(await journal.append(newEvent('after'))).toMatchObject({ kind: 'accepted' }),
      10_000,
    );
    expect(await journal.event('before')).not.toBeNull();
  });

  it('is left by whatever first shows what it is', async () => {
    const [primary, other] = [await startValkey(), await startValkey()];
    const proxy = await startProxy(primary.port);
    const connection = await openConnection({ port: proxy.port });
    afterThisTest(() => connection.close());
    await primary.ask('REPLICAOF', '127.0.0.1', String(other.port));
    proxy.leadNewTo(other.port);
    await expect(connection.command('SET', '{everypod}:any', '1')).rejects.toThrow('READONLY');
    await vi.waitFor(
      async () => expect(await connection.command('SET', '{everypod}:any', '1')).toBe('OK'),
      10_000,
    );
  });

  it('is asked anew less and less often while the address still leads to it', async () => {
    const [primary, other] = [await startValkey(), await startValkey()];
    const proxy = await startProxy(primary.port);
    const journal = await openJournal({ port: proxy.port });
    afterThisTest(() => journal.close());
    await primary.ask('REPLICAOF', '127.0.0.1', String(other.port));
    const startedAt = performance.now();
    const reasons = new Set<string>();
    await vi.waitFor(
      async () => {
        const appended = await journal.append(newEvent('one'));
        if (appended.kind === 'unavailable') reasons.add(appended.reason);
        expect(proxy.connections()).toBe(5);
      },
      { timeout: 10_000, interval: 5 },
    );
    expect(performance.now() - startedAt).toBeGreaterThan(50 + 100 + 200 + 400);
    for (const reason of reasons) expect(reason).toContain('this is a replica');
    await primary.ask('REPLICAOF', 'NO', 'ONE');
    await vi.waitFor(
      async () => expect(await journal.append(newEvent('one'))).toMatchObject({ kind: 'accepted' }),
      10_000,
    );
  });
});
