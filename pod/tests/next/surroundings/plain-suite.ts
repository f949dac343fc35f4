import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newSecret } from '@everypod/contract';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterThisTest, event, reportOf, send } from '../../../../bridge/tests/harness.ts';
import { plainName, plainSecret, startPlainWorld } from '../../../../bridge/tests/plain-world.ts';
import { run } from '../../../../bridge/tests/process/run-bridge.ts';
import { freePort } from '../../../../fan-out/tests/free-port.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const ownDns = pathToFileURL(join(import.meta.dirname, 'dns-of-the-test.mjs')).href;
const page = '/my-post';
const ips = ['127.0.0.2', '127.0.0.3'] as const;
const soon = { timeout: 10_000, interval: 50 };

/** Pods whose app has the write-up's own route: by themselves, driven by a bridge, and beside pods that have Everypod's. */
export function describePlainPods(variant: Variant, everypod: Variant): void {
  let app: BuiltApp;
  beforeAll(async () => {
    app = await buildApp(variant);
  });

  let world: Awaited<ReturnType<typeof startPlainWorld>>;
  beforeEach(async () => {
    world = await startPlainWorld();
  });

  /** Listed in DNS, and with what the write-up gives to each of its pods. */
  async function start(apps: readonly BuiltApp[], environment: Record<string, string> = {}) {
    const own = ips.slice(0, apps.length);
    const started = await Promise.all(
      own.map(async (ip, index) => {
        const pod = await startNextPod(apps[index] ?? app, {
          PORT: String(world.port),
          HOSTNAME: ip,
          POD_IP: ip,
          REVALIDATE_SECRET: plainSecret,
          HEADLESS_SERVICE: plainName,
          NODE_OPTIONS: `--import ${ownDns}`,
          TEST_DNS: world.dns.address,
          ...environment,
        });
        afterThisTest(() => pod.stop());
        return pod;
      }),
    );
    world.listPlain(own);
    return started;
  }

  const cached = (pods: readonly NextPod[], of = page) =>
    Promise.all(pods.map((pod) => cachedCopyOf(pod, of)));
  const copies = (pods: readonly NextPod[], of = page) => Promise.all(pods.map((pod) => pod.copyOf(of)));
  const expectNew = async (pods: readonly NextPod[], old: readonly string[], of = page) => {
    for (const [index, copy] of (await copies(pods, of)).entries()) expect(copy).not.toBe(old[index]);
  };
  const saidBy = (pods: readonly NextPod[]) => pods.map(({ output }) => output.join(''));
  /** As a sender in front of the load balancer does, which leads to this pod. */
  const call = async (pod: NextPod | undefined, query: string) => {
    const secret = encodeURIComponent(plainSecret);
    const response = await fetch(`${pod?.urlOf('/siteapi/revalidate')}?secret=${secret}&${query}`);
    return { status: response.status, ...(await response.json()) };
  };

  it('B9 a build of them has nothing of Everypod in it', () => {
    expect(existsSync(join(app.project, 'node_modules/everypod'))).toBe(false);
    const routes = readdirSync(join(app.project, 'app/siteapi'));
    expect(routes).toEqual(['revalidate']);
  });

  it('B9 a bridge drives both: each has the new page, its line says told, and the event ends as accepted', async () => {
    const bridge = await run(world, await freePort());
    // Only the bridge finds the pods here: the route's own fan-out is off.
    const two = await start([app, app], { HEADLESS_SERVICE: '' });
    const old = await cached(two);

    const { id } = await send(bridge, event([{ path: '/my-post/' }, { tag: 'wp:post:1' }]), { wait: 10 });
    const report = await vi.waitFor(async () => {
      const now = await reportOf(bridge, id);
      expect(now.final).toBe(true);
      return now;
    }, soon);
    expect(report).toMatchObject({
      state: 'accepted',
      counts: { pods: 2, told: 2, applied: 0, settled: 0 },
      reason: "Accepted; told 2 of 2; whether their pages are new can't be known.",
    });
    expect(report.pods).toMatchObject(ips.map((ip) => ({ ip, state: 'told', attempts: 1 })));
    await expectNew(two, old);

    await vi.waitFor(() => {
      for (const [index, said] of saidBy(two).entries()) {
        expect(said).toContain(`[revalidate] fanout pod=${ips[index]} slug=my-post\n`);
      }
      for (const ip of ips) expect(bridge.output()).toContain(`[revalidate] fan-out to ${ip} → 200`);
    });
    expect(bridge.output()).toContain(`to [${ips.join(', ')}]`);
    const all = [bridge.output(), ...saidBy(two), JSON.stringify(report)].join('\n');
    expect(all).not.toMatch(/hush|secret=/);
  });

  it('B9 a bridge says which of two was not told, and the other has the new page', async () => {
    const bridge = await run(world, await freePort());
    const [pod] = await start([app]);
    world.listPlain(ips);
    const [old] = await cached(pod ? [pod] : []);
    const { id } = await send(bridge, event([{ path: page }]), { wait: 10 });
    const { counts, pods } = await reportOf(bridge, id);
    expect(counts).toMatchObject({ told: 1, unreachable: 1 });
    expect(pods[1]?.reason).toContain('Nothing listens at 127.0.0.3');
    expect(await pod?.copyOf(page)).not.toBe(old);
  });

  it('B9 by themselves the one that gets the call makes both fresh, and with fanout=1 itself alone', async () => {
    const two = await start([app, app]);
    const old = await cached(two);
    expect(await call(two[0], 'slug=my-post&fanout=1')).toMatchObject({ ok: true, fanout: true });
    expect(await copies(two)).toEqual([expect.not.stringContaining(String(old[0])), old[1]]);
    const half = await cached(two);
    expect(await call(two[0], 'slug=my-post')).toEqual({ status: 200, ok: true, pod: ips[0], fanout: false });
    await expectNew(two, half);
  });

  describe('B9 half-way to Everypod’s own route, under the same address and secret', () => {
    let mounted: BuiltApp;
    beforeAll(async () => {
      mounted = await buildApp(everypod);
    });
    const settings = () => ({
      EVERYPOD_PODS: `http://${plainName}:${world.port}/siteapi/revalidate`,
      EVERYPOD_POD_CIDRS: '127.0.0.0/8',
      EVERYPOD_DNS: world.dns.address,
      EVERYPOD_POD_SECRET: '',
    });
    // A page that both apps have.
    const shared = '/blog/my-post';
    const ways: [string, 0 | 1, Record<string, string>][] = [
      ['the former', 0, {}],
      ['the new one', 1, {}],
      ['the new one, which has a pod secret already,', 1, { EVERYPOD_POD_SECRET: newSecret() }],
    ];

    it.each(ways)('%s gets the call, and both have the new page', async (_, primary, more) => {
      const two = await start([app, mounted], { ...settings(), ...more });
      const old = await cached(two, shared);
      const answer = await call(two[primary], 'slug=blog/my-post');
      expect(answer).toMatchObject({ status: 200, ok: true, pod: ips[primary] });
      await expectNew(two, old, shared);
      const [own, other] = primary === 0 ? ips : ips.toReversed();
      await vi.waitFor(() => {
        const said = saidBy(two);
        expect(said[primary]).toContain(`[revalidate] primary pod=${own} slug=blog/my-post\n`);
        expect(said[primary]).toContain(`[revalidate] fan-out to ${other} → 200\n`);
        expect(said[1 - primary]).toContain(`[revalidate] fanout pod=${other} slug=blog/my-post\n`);
      });
      expect(saidBy(two).join('')).not.toContain('hush');
    });
  });
}
