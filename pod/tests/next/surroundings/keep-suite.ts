import type { CatchUpAnswer, Push } from '@everypod/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';
import { shapes } from './stress.ts';
import { changeServed } from './unguard.ts';

const patience = { timeout: 20_000, interval: 100 };

/** What visitors get of pages that were invalidated while their content can't be had. */
export function describeKeep(variant: Variant): void {
  let app: BuiltApp;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let seq = 1;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
    origin = await startOrigin(() => 0);
  });
  afterAll(() => origin?.stop());
  beforeEach(async () => {
    seq = 1;
    origin.refuse(false);
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: seq, targets: [] }));
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await bridge.stop();
  });

  async function start(settings: Record<string, string> = {}, diskOnly = false): Promise<NextPod> {
    const pod = await startNextPod(
      app,
      {
        EVERYPOD_BRIDGE_URL: bridge.url,
        EVERYPOD_ORIGIN_URL: origin.url,
        TEST_ORIGIN: origin.url,
        HOSTNAME: 'localhost',
        ...settings,
      },
      (folder) => changeServed(folder, { diskOnly }),
    );
    pods.push(pod);
    await pod.probe();
    return pod;
  }

  const paths = (slug: string) => shapes.map((shape) => `/${shape}/${slug}`);
  async function read(pod: NextPod, path: string) {
    const response = await fetch(pod.urlOf(path));
    const text = await response.text();
    const lifetime = /s-maxage=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1];
    return { path, got: /rendered:(\d+)/.exec(text)?.[1] ?? `status ${response.status}`, lifetime };
  }
  const readAll = (pod: NextPod, slug: string) => Promise.all(paths(slug).map((path) => read(pod, path)));
  const all = (slug: string, got: string) =>
    paths(slug).map((path) => expect.objectContaining({ path, got }));
  type How = { vanishes?: true; event?: Push['event']; signedAtMs?: number };
  const push = (pod: NextPod, slug: string, { event, signedAtMs, ...how }: How = {}) => {
    seq += 1;
    const targets = [...paths(slug).map((path) => ({ path, ...how })), { tag: `item:${slug}`, ...how }];
    return pod.push({ after: seq - 1, upTo: seq, targets, event }, podSecret, signedAtMs);
  };

  const vanished = (slug: string) => paths(slug).map((path) => ({ path, vanishes: true as const }));
  async function startOver(pod: NextPod, answering: CatchUpAnswer): Promise<void> {
    bridge.answers(({ answer }) => answer(answering));
    const cursor = { epoch: answering.epoch, seq: answering.upTo };
    await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ cursor }), patience);
  }

  describe.each([
    ['kept in memory', false],
    ['kept on disk alone', true],
  ])('a page, %s,', (_, diskOnly) => {
    it('is given as it was while its content can’t be had, is not settled, and is new once that is back', async () => {
      const slug = 'away';
      origin.publish(slug, '1');
      const pod = await start({}, diskOnly);
      expect(await readAll(pod, slug)).toEqual(all(slug, '1'));
      origin.publish(slug, '2');
      origin.refuse(true);
      await push(pod, slug);
      for (let times = 0; times < 3; times += 1) {
        const got = await readAll(pod, slug);
        expect(got).toEqual(all(slug, '1'));
        expect(got.filter(({ lifetime }) => lifetime !== undefined && lifetime !== '1')).toEqual([]);
      }
      expect(await pod.probe()).toMatchObject({ cursor: { seq }, settled: { seq: seq - 1 } });
      origin.refuse(false);
      await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq } }), patience);
      expect(await readAll(pod, slug)).toEqual(all(slug, '2'));
    });
  });

  it('is so after a catch-up with everything, and for every page: nobody who had one meets an error', async () => {
    origin.publish('missed', '1');
    const pod = await start();
    expect(await readAll(pod, 'missed')).toEqual(all('missed', '1'));
    origin.publish('missed', '2');
    origin.refuse(true);
    await startOver(pod, { epoch, upTo: 9, everything: true, vanishing: [] });
    expect(await readAll(pod, 'missed')).toEqual(all('missed', '1'));
    const told = () => bridge.questions.at(-1);
    await vi.waitFor(async () => {
      await pod.probe();
      expect(told()).toMatchObject({ keeps: true });
    }, patience);
    origin.refuse(false);
    await vi.waitFor(async () => expect((await pod.probe()).settled.seq).toBe(9), patience);
    expect(await readAll(pod, 'missed')).toEqual(all('missed', '2'));
  });

  it('is so but for what has vanished meanwhile, which a catch-up with everything names', async () => {
    const pod = await start();
    for (const slug of ['missed-taken', 'missed-left']) {
      origin.publish(slug, '1');
      expect(await readAll(pod, slug)).toEqual(all(slug, '1'));
    }
    origin.refuse(true);
    const vanishing = [{ tag: 'item:missed-taken', vanishes: true } as const, ...vanished('missed-taken')];
    await startOver(pod, { epoch, upTo: 9, everything: true, vanishing });
    expect(await readAll(pod, 'missed-taken')).toEqual(all('missed-taken', 'status 500'));
    expect(await readAll(pod, 'missed-left')).toEqual(all('missed-left', '1'));
  });

  it('is given to nobody after a catch-up with everything that doesn’t tell what has vanished', async () => {
    origin.publish('unknown', '1');
    const pod = await start();
    expect(await readAll(pod, 'unknown')).toEqual(all('unknown', '1'));
    origin.refuse(true);
    await startOver(pod, { epoch: `${epoch}x`, upTo: 1, everything: true });
    expect(await readAll(pod, 'unknown')).toEqual(all('unknown', 'status 500'));
  });

  it('is told from where WordPress says that it is, once the app was answered there', async () => {
    origin.publish('heard', '1');
    const pod = await start({ EVERYPOD_ORIGIN_URL: '' });
    await pod.make('/plain/heard', { site: origin.url });
    expect(await readAll(pod, 'heard')).toEqual(all('heard', '1'));
    origin.refuse(true);
    expect(await push(pod, 'heard')).toMatchObject({ settled: { seq: seq - 1 } });
    expect(await readAll(pod, 'heard')).toEqual(all('heard', '1'));
    // A visit is there to see what can be made, and of what is known to be away nothing can.
    const visit = await pod.make('/plain/heard', { upTo: seq, waitMs: 2_000 });
    expect(visit).toMatchObject({ result: 'failed', tries: 0, reason: expect.stringContaining('WordPress') });
    origin.refuse(false);
    expect(await pod.make('/plain/heard', { upTo: seq, site: origin.url })).toMatchObject({ result: 'made' });
  });

  describe('that the bridge comes back for', () => {
    const event = { id: 'event_kept', keepMs: 8_000 };

    it('is given as it was until a visit has made it anew, and the pod has settled when all are', async () => {
      origin.publish('made', '1');
      const pod = await start();
      expect(await readAll(pod, 'made')).toEqual(all('made', '1'));
      origin.publish('made', '2');
      const asked = origin.asked('made');
      await push(pod, 'made', { event });
      const kept = await readAll(pod, 'made');
      expect(kept).toEqual(all('made', '1'));
      expect(kept.filter(({ lifetime }) => lifetime !== undefined && lifetime !== '1')).toEqual([]);
      expect(origin.asked('made')).toBe(asked);
      const [first = '', ...others] = paths('made');
      expect(await pod.make(first, { upTo: seq, site: origin.url })).toMatchObject({ result: 'made' });
      expect(await read(pod, first)).toMatchObject({ got: '2' });
      expect((await Promise.all(others.map((path) => read(pod, path)))).map(({ got }) => got)).toEqual(
        others.map(() => '1'),
      );
      expect(await pod.probe()).toMatchObject({ settled: { seq: seq - 1 } });
      for (const path of others) await pod.make(path, { upTo: seq, site: origin.url });
      await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq } }), patience);
      expect(await readAll(pod, 'made')).toEqual(all('made', '2'));
    });

    it('is made by its next visitor when its time is over and nobody has come', async () => {
      origin.publish('late', '1');
      const pod = await start();
      expect(await readAll(pod, 'late')).toEqual(all('late', '1'));
      origin.publish('late', '2');
      await push(pod, 'late', { event: { ...event, keepMs: 1_500 } });
      expect(await readAll(pod, 'late')).toEqual(all('late', '1'));
      await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq } }), patience);
      expect(await readAll(pod, 'late')).toEqual(all('late', '2'));
    });
  });

  it('is given to nobody where the push that keeps it for a while has come later than that', async () => {
    origin.publish('frozen', '1');
    const pod = await start();
    expect(await readAll(pod, 'frozen')).toEqual(all('frozen', '1'));
    origin.publish('frozen', '2');
    await push(pod, 'frozen', {
      event: { id: 'event_late', keepMs: 8_000 },
      signedAtMs: Date.now() - 20_000,
    });
    expect(await readAll(pod, 'frozen')).toEqual(all('frozen', '2'));
  });

  it('is given to nobody where it was to vanish, though its content can’t be had', async () => {
    for (const slug of ['taken', 'left']) origin.publish(slug, '1');
    const pod = await start();
    for (const slug of ['taken', 'left']) expect(await readAll(pod, slug)).toEqual(all(slug, '1'));
    origin.refuse(true);
    await push(pod, 'left');
    await push(pod, 'taken', { vanishes: true });
    expect(await readAll(pod, 'left')).toEqual(all('left', '1'));
    expect(await readAll(pod, 'taken')).toEqual(all('taken', 'status 500'));
  });

  it('is given to nobody where nothing tells whether content can be had', async () => {
    origin.publish('alone', '1');
    const pod = await start({ EVERYPOD_ORIGIN_URL: '' });
    expect(await readAll(pod, 'alone')).toEqual(all('alone', '1'));
    origin.refuse(true);
    await push(pod, 'alone');
    expect(await readAll(pod, 'alone')).toEqual(all('alone', 'status 500'));
  });

  it('is given to nobody any more once the pod has said that it has settled', async () => {
    origin.publish('settled', '1');
    const pod = await start();
    expect(await readAll(pod, 'settled')).toEqual(all('settled', '1'));
    await push(pod, 'settled');
    await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq } }), patience);
    origin.refuse(true);
    expect(await readAll(pod, 'settled')).toEqual(all('settled', 'status 500'));
  });
}
