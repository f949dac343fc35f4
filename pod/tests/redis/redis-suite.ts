import { setTimeout as sleep } from 'node:timers/promises';
import type { CatchUpAnswer, Target } from '@everypod/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltApp, buildApp, type Variant } from '../next/surroundings/build.ts';
import type { NextPod } from '../next/surroundings/fresh.ts';
import { startOrigin } from '../next/surroundings/origin.ts';
import { startNextPod } from '../next/surroundings/pod.ts';
import { startBridge } from '../surroundings/bridge.ts';
import { epoch, podSecret } from '../surroundings/pod.ts';
import { startRedis } from './redis.ts';

const patience = { timeout: 20_000, interval: 20 };
const shapes = ['plain', 'tagged', 'cached', 'twofold/a', 'handler'] as const;

/** Pods of one build that share a Redis by a cache handler of the user's, which is guarded. */
export function describeRedis(variant: Variant): void {
  let app: BuiltApp;
  beforeAll(async () => {
    app = await buildApp(variant);
  });
  describe.each(['fortedigital', 'trieb.work'])('by the handler of %s', (handler) =>
    describeHandler(handler, () => app),
  );
}

function describeHandler(handler: string, app: () => BuiltApp): void {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let a: NextPod;
  let b: NextPod;
  let head = 1;
  let named = 0;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    origin = await startOrigin(() => 5);
    // Of the build's age it knows nothing, so whoever is born must take everything for old.
    bridge = await startBridge(podSecret, ({ question, answer }) => {
      const nothing: CatchUpAnswer = { epoch, upTo: head, targets: [] };
      answer(question.cursor === null ? { epoch, upTo: head, everything: true } : nothing);
    });
    [a, b] = [await start(), await start()];
  });
  afterEach(() => stopAllBut([a, b]));
  afterAll(async () => {
    await stopAllBut([]);
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
  async function stopAllBut(those: readonly NextPod[]) {
    const others = pods.filter((pod) => !those.includes(pod));
    pods.splice(0, pods.length, ...those);
    await Promise.all(others.map((pod) => pod.stop()));
  }

  /** A page of each shape that no test had before. */
  function fresh(content: string): string {
    named += 1;
    const slug = `post-${named}`;
    origin.publish(slug, content);
    return slug;
  }
  const publish = (slug: string, content: string) => {
    head += 1;
    origin.publish(slug, content);
  };
  async function push(to: NextPod, slug: string) {
    const paths: Target[] = shapes.map((shape) => ({ path: `/${shape}/${slug}` }));
    const targets: Target[] = [...paths, { tag: `item:${slug}` }];
    expect(await to.push({ after: head - 1, upTo: head, targets })).toMatchObject({ ok: true });
  }
  const settled = (pod: NextPod) =>
    vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq: head } }), patience);
  const pushed = (to: NextPod, slug: string) => push(to, slug).then(() => settled(to));
  const readAll = (pod: NextPod, slug: string) =>
    Promise.all(shapes.map((shape) => pod.copyOf(`/${shape}/${slug}`)));
  const all = (content: string) => shapes.map(() => content);
  const isAsked = (slug: string) =>
    vi.waitFor(() => expect(origin.asked(slug)).toBeGreaterThanOrEqual(shapes.length), patience);

  it('a change makes each page anew once, whichever pod comes to it later', async () => {
    const slug = fresh('1');
    expect(await readAll(a, slug)).toEqual(all('1'));
    expect(await readAll(b, slug)).toEqual(all('1'));
    expect(origin.asked(slug)).toBe(shapes.length);
    publish(slug, '2');
    await pushed(a, slug);
    expect(await readAll(a, slug)).toEqual(all('2'));
    await pushed(b, slug);
    expect(await readAll(b, slug)).toEqual(all('2'));
    expect(await readAll(a, slug)).toEqual(all('2'));
    expect(origin.asked(slug)).toBe(2 * shapes.length);
  });

  it('both are fresh after a change that comes to both at a time, and each page is made once', async () => {
    const slug = fresh('1');
    await readAll(a, slug);
    expect(await readAll(b, slug)).toEqual(all('1'));
    publish(slug, '2');
    await Promise.all([pushed(a, slug), pushed(b, slug)]);
    expect(await readAll(b, slug)).toEqual(all('2'));
    expect(await readAll(a, slug)).toEqual(all('2'));
    expect(origin.asked(slug)).toBe(2 * shapes.length);
  });

  it('a pod that is born takes over what the others have warmed, and empties nothing', async () => {
    const slug = fresh('0');
    publish(slug, '1');
    await Promise.all([pushed(a, slug), pushed(b, slug)]);
    expect(await readAll(a, slug)).toEqual(all('1'));
    const c = await start();
    expect(bridge.questions.filter(({ cursor }) => cursor === null).length).toBeGreaterThanOrEqual(3);
    for (const pod of [c, c, a, b]) expect(await readAll(pod, slug)).toEqual(all('1'));
    expect(origin.asked(slug)).toBe(shapes.length);
  });

  it('but not what a change that no pod was told of has made old', async () => {
    const slug = fresh('1');
    await readAll(a, slug);
    publish(slug, '2');
    expect(await readAll(await start(), slug)).toEqual(all('2'));
    // The others hear of it too, late.
    await Promise.all([pushed(a, slug), pushed(b, slug)]);
    expect(await readAll(b, slug)).toEqual(all('2'));
  });

  it('a page that one pod stores old, when the other has told the store, is gone with its own push', async () => {
    const slug = fresh('1');
    const release = origin.hold(slug);
    const visits = readAll(a, slug);
    await isAsked(slug);
    publish(slug, '2');
    await pushed(b, slug);
    release();
    expect(await visits).toEqual(all('1'));
    await pushed(a, slug);
    expect(await readAll(b, slug)).toEqual(all('2'));
    expect(await readAll(a, slug)).toEqual(all('2'));
  });

  /** Old contents that two pods give when every render that met the push is over. */
  async function staleOf(
    two: readonly NextPod[],
    isOver: (pod: NextPod) => Promise<unknown>,
  ): Promise<number> {
    let stale = 0;
    for (let round = 0; round < 3; round += 1) {
      const slug = fresh('1');
      const release = origin.hold(slug);
      const visits = two.map((pod) => readAll(pod, slug));
      await isAsked(slug);
      publish(slug, '2');
      await Promise.all(two.map((pod) => push(pod, slug)));
      release();
      await Promise.all(visits);
      await Promise.all(two.map(isOver));
      const read = await Promise.all(two.map((pod) => readAll(pod, slug)));
      stale += read.flat().filter((content) => content !== '2').length;
    }
    return stale;
  }

  it('what is being made while both are pushed leaves nothing old', async () => {
    expect(await staleOf([a, b], settled)).toBe(0);
  });

  it('and leaves old pages for ever without the guard', async () => {
    const unguarded = { TEST_UNGUARDED: '1' };
    const two = [await start(unguarded), await start(unguarded)];
    expect(await staleOf(two, () => sleep(100))).toBeGreaterThan(0);
  });
}
