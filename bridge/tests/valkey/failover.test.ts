import { expect, it, vi } from 'vitest';
import { missedSinceCursor } from '../../src/journal/missed.ts';
import { limits } from '../../src/limits.ts';
import { afterThisTest } from '../harness.ts';
import { openJournal } from './open.ts';
import { startProxy } from './proxy.ts';
import { startValkey } from './server.ts';

const newEvent = (id: string) => ({
  id,
  bodyHash: id,
  change: 'post.updated',
  targets: [{ tag: id }],
  acceptedAt: Date.now(),
});

it('a failover to a replica that lacks the last events begins a new epoch, above what was numbered', async () => {
  const primary = await startValkey();
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
