import { expect, it } from 'vitest';
import { createValkeySeenIds } from '../../src/catch-up/valkey-seen-ids.ts';
import { limits as defaultLimits, type Limits } from '../../src/limits.ts';
import { seenIdsConform } from '../catch-up/seen-ids-conformance.ts';
import { afterThisTest } from '../harness.ts';
import { openConnection } from './open.ts';
import { startValkey, type TestValkey } from './server.ts';

async function open(server: TestValkey, limits: Limits = defaultLimits, now = Date.now) {
  const connection = await openConnection({ port: server.port, limits });
  afterThisTest(() => connection.close());
  return createValkeySeenIds({ connection, limits, now });
}

seenIdsConform('Valkey', async ({ limits, now }) => open(await startValkey(), limits, now));

it('A3 an id is claimed once among all bridges', async () => {
  const server = await startValkey();
  const [one, other] = [await open(server), await open(server)];
  expect(await Promise.all([one.claim('id_1', '10.0.0.1'), other.claim('id_1', '10.0.0.1')])).toContain(
    false,
  );
  expect(await other.claim('id_2', '10.0.0.1')).toBe(true);
  expect(await one.claim('id_2', '10.0.0.1')).toBe(false);
});

it('A3 whatever pods say they are, the keys in Valkey stay as many as the ids, and go when nobody asks', async () => {
  const server = await startValkey();
  const limits = { ...defaultLimits, catchUpIdsPerPod: 5, catchUpIdsRemembered: 50 };
  const seenIds = await open(server, limits);
  for (let nth = 0; nth < 300; nth += 1) await seenIds.claim(`id_${nth}`, `10.0.1.${nth % 200}`);
  const keys = (await server.ask('KEYS', '*')) as string[];
  expect(keys.length).toBeLessThanOrEqual(51);
  for (const key of keys) expect(await server.ask('PTTL', key)).toBeGreaterThan(0);
});
