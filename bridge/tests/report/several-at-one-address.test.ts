import { expect, it, vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { startPod } from '../../../fan-out/tests/pod.ts';
import {
  afterThisTest,
  event,
  podSecret,
  probe,
  quick,
  reportOf,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';

/** A process of a second Service at 127.0.0.11, beside the pod that is there. */
async function startTwo() {
  const world = await startWorld();
  const port = await freePort();
  const name = 'shop-headless.myapp.svc.cluster.local';
  world.environment.EVERYPOD_PODS += `,http://${name}:${port}/shop`;
  const web = await world.addPod(11);
  const shop = await startPod({ secret: podSecret, ip: '127.0.0.11', port, name: 'shop-11' });
  afterThisTest(() => shop.close());
  world.dns.set(name, ['127.0.0.11']);
  return { web, shop, bridge: await startBridge(world, { limits: { ...quick, eventBudgetMs: 10_000 } }) };
}

it('two processes at one address have a line each, and one does not speak for the other', async () => {
  const { web, shop, bridge } = await startTwo();
  shop.misbehave(() => {});
  await probe(bridge, web);
  const { id } = await send(bridge, event(), { wait: 5 });
  web.settle();
  await probe(bridge, web);
  const report = await reportOf(bridge, id);
  expect(report).toMatchObject({
    state: 'accepted',
    final: false,
    counts: { pods: 2, applied: 1, unreachable: 1, settled: 1 },
  });

  shop.misbehave(null);
  await vi.waitFor(async () => expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied' }), 8_000);
  shop.settle();
  await probe(bridge, shop);
  expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', counts: { pods: 2, settled: 2 } });
});

it('a process whose line no push has named yet does not have another one’s marked by its catch-up', async () => {
  const { web, shop, bridge } = await startTwo();
  for (const pod of [web, shop]) pod.misbehave(({ response }) => void response.writeHead(404).end());
  const { id } = await send(bridge, event(), { wait: 5 });
  await probe(bridge, web);
  await probe(bridge, web);
  expect(await reportOf(bridge, id)).toMatchObject({ counts: { applied: 0, refused: 2 } });
});
