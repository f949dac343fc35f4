import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { type Serving, startNextPod } from './pod.ts';

/** From the start of the build to a pod that has caught up; by Next.js's own commands too, unless told otherwise. */
export function describeLife(variant: Variant, { commands = true } = {}): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, everything: true }));
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await bridge.stop();
  });

  async function start(environment: Record<string, string> = {}, serving?: Serving): Promise<NextPod> {
    const settings = { EVERYPOD_BRIDGE_URL: bridge.url, ...environment };
    const pod = await startNextPod(app, settings, undefined, serving);
    pods.push(pod);
    return pod;
  }

  describe('a new pod', () => {
    it('asks from the start of its build, which is before its oldest page', async () => {
      const pod = await start();
      const bornWith = Number(await pod.copyOf('/'));
      const { builtAt } = (await pod.probe()).pod;
      expect(bridge.questions[0]?.builtAt).toBe(builtAt);
      expect(Date.parse(builtAt)).toBeGreaterThanOrEqual(Date.parse(app.startedAt));
      expect(Date.parse(builtAt)).toBeLessThan(bornWith);
    });

    if (commands) {
      it('A14 asks from the start of its build where next start reads next.config once more', async () => {
        const pod = await start({}, 'start');
        const { builtAt } = (await pod.probe()).pod;
        expect(bridge.questions[0]?.builtAt).toBe(builtAt);
        expect(Date.parse(builtAt)).toBeGreaterThanOrEqual(Date.parse(app.startedAt));
        expect(Date.parse(builtAt)).toBeLessThanOrEqual(Date.parse(app.endedAt));
      });

      it('A14 asks from the start of next dev, and knows no route of the build that lies there', async () => {
        const startedAt = Date.now();
        const pod = await start({}, 'dev');
        await pod.probe();
        const { builtAt } = bridge.questions[0] ?? {};
        expect(Date.parse(builtAt ?? '')).toBeGreaterThanOrEqual(startedAt);
        expect(
          (await pod.push({ after: 1, upTo: 2, targets: [{ path: '/nowhere/[slug]', scope: 'page' }] })).ok,
        ).toBe(true);
      });
    }

    it('serves the page of its build until its first probe, which makes it fresh before it is ready', async () => {
      const pod = await start();
      const bornWith = await cachedCopyOf(pod, '/blog/b');
      expect(Number(bornWith)).toBeLessThanOrEqual(Date.parse(app.endedAt));
      expect(await pod.probe()).toMatchObject({ status: 200, ready: true, cursor: { epoch, seq: 1 } });
      expect(await pod.copyOf('/blog/b')).not.toBe(bornWith);
    });

    it('is not ready before its first catch-up, and is once a probe has asked again', async () => {
      bridge.answers(({ response }) => response.writeHead(503).end());
      const pod = await start();
      expect(await pod.probe()).toMatchObject({ status: 503, ready: false });
      bridge.answers(({ answer }) => answer({ epoch, upTo: 1, targets: [{ path: '/blog/b' }] }));
      const bornWith = await cachedCopyOf(pod, '/blog/b');
      // What is not signed asks no bridge that was asked a moment ago.
      await vi.waitFor(async () => expect(await pod.probe('HEAD')).toMatchObject({ status: 200 }), {
        timeout: 5_000,
      });
      expect(await pod.copyOf('/blog/b')).not.toBe(bornWith);
    });

    it('invalidates everything and becomes ready at the start limit', async () => {
      await bridge.stop();
      const pod = await start({ EVERYPOD_START_LIMIT_SECONDS: '0' });
      const bornWith = await cachedCopyOf(pod, '/blog/b');
      expect(await pod.probe()).toMatchObject({ status: 200, readyBy: 'start limit' });
      expect(await pod.copyOf('/blog/b')).not.toBe(bornWith);
    });

    it('shares its cursor between its two routes', async () => {
      const pod = await start();
      await pod.probe();
      expect((await pod.push({ after: 1, upTo: 2 })).cursor).toEqual({ epoch, seq: 2 });
      bridge.answers(({ answer }) => answer({ epoch, upTo: 2, targets: [] }));
      const { instance } = (await pod.probe()).pod;
      expect(bridge.questions.at(-1)).toMatchObject({ pod: { instance }, cursor: { epoch, seq: 2 } });
    });
  });

  it('an answer that comes after the probe was answered is applied all the same', async () => {
    const pod = await start();
    await pod.probe();
    const old = await cachedCopyOf(pod, '/blog/late');
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 2, targets: [{ path: '/blog/late' }] });
    });
    const probe = await pod.probe();
    expect(probe).toMatchObject({ status: 200, cursor: { epoch, seq: 1 } });
    expect(probe.ms).toBeLessThan(500);
    held.resolve();
    await vi.waitFor(async () => expect(await pod.copyOf('/blog/late')).not.toBe(old), { timeout: 5_000 });
    bridge.answers(({ answer }) => answer({ epoch, upTo: 2, targets: [] }));
    expect(await pod.probe()).toMatchObject({ cursor: { epoch, seq: 2 } });
  });

  it('secrets are read at run time, and again when their file changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everypod-secret-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secret');
    writeFileSync(file, podSecret);
    const pod = await start({ EVERYPOD_POD_SECRET: '', EVERYPOD_POD_SECRET_FILE: file });
    await pod.push({});
    const next = newSecret();
    await expect(pod.push({}, next)).rejects.toThrow('401');
    writeFileSync(file, `${next} ${podSecret}`);
    expect(await pod.push({}, next)).toMatchObject({ ok: true });
    expect(pod.output.join()).not.toContain(next.slice(6));
  });
}
