import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';

const patience = { timeout: 20_000, interval: 50 };

/** An app with edge routes, an edge page, an edge API route and middleware, which Next.js bundles the guard into. */
export function describeEdge(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let pod: NextPod;

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    origin = await startOrigin(() => 0);
    pod = await startNextPod(app, {
      EVERYPOD_BRIDGE_URL: bridge.url,
      EVERYPOD_SETTLE_SECONDS: '1',
      TEST_ORIGIN: origin.url,
    });
    await pod.probe();
  });
  afterEach(async () => {
    await pod.stop();
    await bridge.stop();
    await origin.stop();
  });

  it.each(['/edge', '/edge-page', '/api/edge'])('A14 serves %s', async (path) => {
    const response = await pod.ask(path);
    expect(await response.text()).toMatch(/rendered:|^edge$/);
    expect(response.status).toBe(200);
  });

  it('A14 reaches a page behind middleware', async () => {
    expect((await pod.ask('/blog/b')).headers.get('x-passed')).toBe('middleware');
    const old = await cachedCopyOf(pod, '/blog/b');
    await pod.push({ after: 1, upTo: 2, targets: [{ path: '/blog/b' }] });
    expect(await pod.copyOf('/blog/b')).not.toBe(old);
  });

  it('B2 keeps the settling pass beside the guard, which does not reach the edge', async () => {
    await pod.push({ after: 1, upTo: 2, targets: [{ tag: 'item:edge' }] });
    await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq: 2 } }), patience);
    expect(pod.output.join('')).toContain('Settled up to 2: second pass');
    expect(pod.output.join('')).not.toContain('drained');
  });
}
