import { setTimeout as sleep } from 'node:timers/promises';
import type { CatchUpAnswer, Target } from '@everypod/contract';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';
import { hasRedis, startRedis } from './redis.ts';

const patience = { timeout: 20_000, interval: 20 };
const shapes = ['plain', 'tagged', 'cached', 'twofold/a', 'handler'] as const;

/** Pods of one build that share a Redis by a cache handler of the user's, which is guarded. */
export function describeRedis(variant: Variant): void {
  const title = hasRedis ? 'pods that share a Redis' : 'pods that share a Redis (skipped: no redis-server here)';
  describe.skipIf(!hasRedis)(title, () => {
    let app: BuiltApp;
    beforeAll(async () => {
      app = await buildApp(variant);
    });
    describe.each(['fortedigital', 'trieb.work'])('by the handler of %s', (handler) =>
      describeHandler(handler, () => app),
    );
  });
}

function describeHandler(handler: string, app: () => BuiltApp): void {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let head: number;
  const pods: NextPod[] = [];

  beforeEach(async () => {
    head = 1;
    redis = await startRedis();
    origin = await startOrigin(() => 5);
    // Of the build's age it knows nothing, so whoever is born must take everything for old.
    bridge = await startBridge(podSecret, ({ question, answer }) => {
      const nothing: CatchUpAnswer = { epoch, upTo: head, targets: [] };
      answer(question.cursor === null ? { epoch, upTo: head, everything: true } : nothing);
    });
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await Promise.all([bridge.stop(), origin.stop(), redis.stop()]);
  });

  async function start(more: Record<string, string> = {}): Promise<NextPod> {
    const pod = await startNextPod(app(), {
      EVERYPOD_BRIDGE_URL: bridge.url,
      EVERYPOD_SETTLE_SECONDS: '3600',
      TEST_ORIGIN: origin.url,
      TEST_HANDLER: handler,
      REDIS_URL: redis.url,
      ...more,
    });
    pods.push(pod);
    await vi.waitFor(async () => expect((await pod.probe()).status).toBe(200), patience);
    return pod;
  }
  const started = async () => [await start(), await start()] as const;

  async function push(to: NextPod, slug: string) {
    const paths: Target[] = shapes.map((shape) => ({ path: `/${shape}/${slug}` }));
    const targets: Target[] = [...paths, { tag: `item:${slug}` }];
    expect(await to.push({ after: head - 1, upTo: head, targets })).toMatchObject({ ok: true });
    await settled(to);
  }
  const settled = (pod: NextPod) =>
    vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq: head } }), patience);
  const readAll = (pod: NextPod, slug: string) =>
    Promise.all(shapes.map((shape) => pod.copyOf(`/${shape}/${slug}`)));
  const all = (content: string) => shapes.map(() => content);
  const publish = (slug: string, content: string) => {
    head += 1;
    origin.publish(slug, content);
  };

  it('a change makes each page anew once, whichever pod comes to it later', async () => {
    const [a, b] = await started();
    origin.publish('post', '1');
    expect(await readAll(a, 'post')).toEqual(all('1'));
    expect(await readAll(b, 'post')).toEqual(all('1'));
    expect(origin.asked('post')).toBe(shapes.length);
    publish('post', '2');
    await push(a, 'post');
    expect(await readAll(a, 'post')).toEqual(all('2'));
    await push(b, 'post');
    expect(await readAll(b, 'post')).toEqual(all('2'));
    expect(await readAll(a, 'post')).toEqual(all('2'));
    expect(origin.asked('post')).toBe(2 * shapes.length);
  });

  it('both are fresh after a change that comes to both at a time', async () => {
    const [a, b] = await started();
    origin.publish('post', '1');
    await readAll(a, 'post');
    expect(await readAll(b, 'post')).toEqual(all('1'));
    publish('post', '2');
    await Promise.all([push(a, 'post'), push(b, 'post')]);
    expect(await readAll(b, 'post')).toEqual(all('2'));
    expect(await readAll(a, 'post')).toEqual(all('2'));
    expect(origin.asked('post')).toBe(2 * shapes.length);
  });

  it('a pod that is born takes over what the others have warmed', async () => {
    const [a] = await started();
    publish('post', '1');
    await push(a, 'post');
    expect(await readAll(a, 'post')).toEqual(all('1'));
    const c = await start();
    expect(bridge.questions.at(-1)?.cursor).toBeNull();
    expect(await readAll(c, 'post')).toEqual(all('1'));
    expect(await readAll(a, 'post')).toEqual(all('1'));
    expect(origin.asked('post')).toBe(shapes.length);
  });

  it('but not what a change that no pod was there for has made old', async () => {
    const a = await start();
    origin.publish('post', '1');
    await readAll(a, 'post');
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    publish('post', '2');
    const d = await start();
    expect(await readAll(d, 'post')).toEqual(all('2'));
  });

  it('a page that one pod stores old, when the other has told the store, is gone with its own push', async () => {
    const [a, b] = await started();
    origin.publish('post', '1');
    const release = origin.hold('post');
    const visits = readAll(a, 'post');
    await vi.waitFor(() => expect(origin.asked('post')).toBe(shapes.length), patience);
    publish('post', '2');
    await push(b, 'post');
    release();
    expect(await visits).toEqual(all('1'));
    await push(a, 'post');
    expect(await readAll(b, 'post')).toEqual(all('2'));
    expect(await readAll(a, 'post')).toEqual(all('2'));
  });

  it.each([
    ['leaves nothing old', {}, 0],
    ['leaves old pages for ever without the guard', { TEST_UNGUARDED: '1' }, 1],
  ])('what is being made while both are pushed %s', async (_, settings, least) => {
    const a = await start(settings);
    const b = await start(settings);
    let stale = 0;
    for (let round = 0; round < 3; round += 1) {
      const slug = `post-${round}`;
      origin.publish(slug, '1');
      const release = origin.hold(slug);
      const visits = [readAll(a, slug), readAll(b, slug)];
      await vi.waitFor(() => expect(origin.asked(slug)).toBeGreaterThanOrEqual(shapes.length), patience);
      publish(slug, '2');
      const paths: Target[] = shapes.map((shape) => ({ path: `/${shape}/${slug}` }));
      const targets: Target[] = [...paths, { tag: `item:${slug}` }];
      await Promise.all([a, b].map((pod) => pod.push({ after: head - 1, upTo: head, targets })));
      release();
      await Promise.all(visits);
      if (least === 0) await Promise.all([settled(a), settled(b)]);
      else await sleep(100);
      const read = [await readAll(a, slug), await readAll(b, slug)].flat();
      stale += read.filter((content) => content !== '2').length;
    }
    if (least === 0) expect(stale).toBe(0);
    else expect(stale).toBeGreaterThanOrEqual(least);
  });
}
