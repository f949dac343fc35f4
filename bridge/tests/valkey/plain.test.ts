import { expect, it, vi } from 'vitest';
import { event, quick, reportOf, send, startBridge } from '../harness.ts';
import { startPlainWorld } from '../plain-world.ts';
import { startValkey } from './server.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 300 };
const soon = { timeout: 20_000, interval: 50 };

it('B9 another bridge takes over what plain pods have not been told, and both say the same', async () => {
  const valkey = await startValkey();
  const world = await startPlainWorld({}, { EVERYPOD_JOURNAL: valkey.url });
  const pod = await world.addPlainPod(11);
  pod.misbehave((response) => response.writeHead(503).end());
  const a = await startBridge(world, { limits: patient });
  const b = await startBridge(world, { limits: patient });
  const { id } = await send(a, event([{ path: '/hello/' }]), { wait: 5 });
  expect(await reportOf(b, id)).toMatchObject({ final: false, counts: { told: 0 } });
  await a.stop();
  pod.misbehave(null);
  await vi.waitFor(
    async () =>
      expect(await reportOf(b, id)).toMatchObject({
        state: 'accepted',
        final: true,
        counts: { pods: 1, told: 1 },
        reason: expect.stringContaining('told 1 of 1;'),
      }),
    soon,
  );
  expect(pod.slugs).toEqual(['hello']);

  const c = await startBridge(world, { limits: patient });
  expect(await reportOf(c, id)).toEqual(await reportOf(b, id));
});
