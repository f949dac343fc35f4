import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import { afterThisTest, event, quick, send, startBridge, startWorld, type World } from '../harness.ts';

const limits = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 60_000 };
/** What is busy with something else for a minute is often quiet in the next one. */
const patienceMs = 180_000;
const hanging = Array.from({ length: 200 }, (_, nth) => `127.0.20.${nth + 1}`);

/** Takes connections and never says a word. */
async function hangAt(ip: string, port: number) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const sockets = new Set<{ destroy(): void }>();
  await once(server.listen(port, ip), 'listening');
  afterThisTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

/** The pods at fixed addresses, in this order: no DNS is measured. */
const listing = (world: World, ips: readonly string[]): World => ({
  ...world,
  environment: {
    ...world.environment,
    EVERYPOD_PODS: ips.map((ip) => `http://${ip}:${world.port}/siteapi/revalidate`).join(','),
  },
});

/** Until every pod has been pushed to: the first event of this bridge, and the slower of the next two. */
async function measure(world: World, ips: readonly string[]): Promise<{ firstMs: number; laterMs: number }> {
  const bridge = await startBridge(listing(world, ips), { limits, pushDeadlineMs: 5_000 });
  const all: number[] = [];
  for (const tag of ['first', 'second', 'third']) {
    const callsBefore = world.pods.map(({ calls }) => calls);
    const start = performance.now();
    const { seq } = await send(bridge, event([{ tag }]));
    const wasPushedTo = (pod: TestPod, nth: number) => pod.calls > (callsBefore[nth] ?? 0);
    await vi.waitFor(() => expect(world.pods.every(wasPushedTo)).toBe(true), {
      timeout: 10_000,
      interval: 2,
    });
    all.push(performance.now() - start);
    // Nothing of this event is under way when the next one is sent, but for those that hang.
    const hasIt = ({ cursor }: TestPod) => cursor?.seq === seq;
    await vi.waitFor(() => expect(world.pods.every(hasIt)).toBe(true), 10_000);
  }
  await bridge.stop();
  const [firstMs = 0, ...laterMs] = all;
  return { firstMs, laterMs: Math.max(...laterMs) };
}

it('A10 pods that answer are pushed to within 100 ms of a run without 200 that hang, at the first event and later', async () => {
  const world = await startWorld();
  for (let nth = 1; nth <= 50; nth += 1) await world.addPod(100 + nth, { listed: false });
  for (const ip of hanging) await hangAt(ip, world.port);
  const good = world.pods.map(({ identity }) => identity.ip);

  // Whatever else this machine does only adds to a time, so the best of a few rounds is compared.
  const best = {
    without: { firstMs: Infinity, laterMs: Infinity },
    beside: { firstMs: Infinity, laterMs: Infinity },
  };
  const better = (one: typeof best.without, other: typeof best.without) => ({
    firstMs: Math.min(one.firstMs, other.firstMs),
    laterMs: Math.min(one.laterMs, other.laterMs),
  });
  const isShown = () =>
    best.beside.firstMs - best.without.firstMs < 100 && best.beside.laterMs - best.without.laterMs < 100;
  const giveUpAtMs = performance.now() + patienceMs;
  for (let round = 0; round < 2 || (!isShown() && performance.now() < giveUpAtMs); round += 1) {
    best.without = better(best.without, await measure(world, good));
    best.beside = better(best.beside, await measure(world, [...hanging, ...good]));
  }
  expect(best).toSatisfy(isShown);
}, 240_000);
