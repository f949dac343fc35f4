import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  event,
  podsOf,
  reportOf,
  secret,
  send,
  startWorld,
  type World,
} from '../../../../bridge/tests/harness.ts';
import { run } from '../../../../bridge/tests/process/run-bridge.ts';
import { freePort } from '../../../../fan-out/tests/free-port.ts';
import {
  baseOf,
  blocksUnder,
  type Deployment,
  environmentOf,
  page,
  patchOf,
} from '../../surroundings/write-up.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const ips = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const shared = 'the secret of the write-up & whoever calls';
const article = '/blog/b';
const soon = { timeout: 20_000, interval: 200 };
const secrets = {
  'nextjs-secrets': { 'revalidate-secret': shared, 'of-nobody-here': 'the database password' },
  'everypod-pods': { secret: newSecret() },
  'everypod-wordpress': { secret },
};
const [step1, bridgeOverYours, step2, step3] = [
  'step-1.yaml',
  'step-1-bridge.yaml',
  'step-2.yaml',
  'step-3.yaml',
].map(patchOf) as [Deployment, Deployment, Deployment, Deployment];

/** docs/from-the-write-up.md, step by step: what its blocks give to a container, these pods and bridges have. */
export function describeFromTheWriteUp(everypod: Variant, yours: Variant): void {
  let world: World;
  let folder: string;
  const pods: NextPod[] = [];
  const apps: Partial<Record<'everypod' | 'yours', BuiltApp>> = {};

  beforeAll(async () => {
    apps.everypod = await buildApp(everypod);
    apps.yours = await buildApp(yours);
  });
  beforeEach(async () => {
    world = await startWorld();
    folder = mkdtempSync(join(tmpdir(), 'everypod-containers-'));
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    rmSync(folder, { recursive: true });
  });

  /** The one port of these pods, and their DNS server, stand for the cluster's. */
  const inThisCluster = (environment: Record<string, string>) => {
    const { EVERYPOD_PODS: where } = environment;
    return {
      ...environment,
      EVERYPOD_POD_CIDRS: '127.0.0.0/8',
      EVERYPOD_DNS: world.dns.address,
      ...(where !== undefined && { EVERYPOD_PODS: where.replace(':3000/', `:${world.port}/`) }),
    };
  };

  async function startPods(
    app: BuiltApp | undefined,
    deployments: readonly Deployment[],
    { count = 2, bridge = '' } = {},
  ): Promise<NextPod[]> {
    if (app === undefined) throw new Error('The app is not built.');
    const own = ips.slice(pods.length, pods.length + count);
    const started = await Promise.all(
      own.map((ip) => {
        const kubelet = { podIP: ip, name: `nextjs-${ip}`, secrets, folder: join(folder, ip) };
        const environment = environmentOf(deployments, kubelet);
        return startNextPod(app, {
          EVERYPOD_POD_SECRET: '',
          ...inThisCluster(environment),
          ...(environment.EVERYPOD_BRIDGE_URL !== undefined && { EVERYPOD_BRIDGE_URL: bridge }),
          // So that nobody has to wait for the longest render of a real app.
          EVERYPOD_SETTLE_SECONDS: '1',
          PORT: String(world.port),
          HOSTNAME: ip,
        });
      }),
    );
    pods.push(...started);
    world.list(ips.slice(0, pods.length));
    return started;
  }

  /** The bridge of k8s/base, with what the page lays over it. */
  async function startBridge(...patches: Deployment[]) {
    const kubelet = { podIP: '127.0.0.1', name: 'bridge', secrets, folder: join(folder, 'bridge') };
    world.environment = inThisCluster(environmentOf([baseOf('bridge'), ...patches], kubelet));
    return run(world, await freePort());
  }

  const cached = (some: readonly NextPod[]) => Promise.all(some.map((pod) => cachedCopyOf(pod, article)));
  const expectNew = async (some: readonly NextPod[], old: readonly string[]) => {
    const copies = await Promise.all(some.map((pod) => pod.copyOf(article)));
    for (const [index, copy] of copies.entries()) expect(copy).not.toBe(old[index]);
  };
  const change = event([{ path: `${article}/` }]);
  const noSecrets = (...said: string[]) => {
    for (const values of Object.values(secrets)) {
      for (const value of Object.values(values)) expect(said.join('\n')).not.toContain(value.slice(6));
    }
  };
  /** As in the page's curl. */
  async function call(pod: NextPod | undefined) {
    const [, query = ''] = /siteapi\/revalidate(\?secret=\S+)"/.exec(page) ?? [];
    const asked = query
      .replace('$REVALIDATE_SECRET', encodeURIComponent(shared))
      .replace('my-post', article.slice(1));
    const response = await fetch(`${pod?.urlOf('/siteapi/revalidate')}${asked}`);
    return { status: response.status, ...(await response.json()) };
  }

  it('B9 step 1: the route alone, under the same address and Secret, makes both pods fresh and has a line for each', async () => {
    const two = await startPods(apps.everypod, [step1]);
    const old = await cached(two);
    const told = [
      { ip: ips[0], name: `nextjs-${ips[0]}`, state: 'told' },
      { ip: ips[1], name: `nextjs-${ips[1]}`, state: 'told' },
    ];
    expect(await call(two[0])).toMatchObject({ status: 200, ok: true, pods: told });
    await expectNew(two, old);
    noSecrets(...two.flatMap(({ output }) => output));

    const [, pattern = ''] = /grep '([^']+)'/.exec(page) ?? [];
    const shown = (blocksUnder('When something is wrong').at(-1) ?? '')
      .replaceAll('10.244.1.5', ips[0] ?? '')
      .replaceAll('10.244.2.8', ips[1] ?? '')
      .replaceAll('my-post', article.slice(1));
    // What a process has written comes in its own time.
    await vi.waitFor(() => {
      const input = two.flatMap(({ output }) => output).join('');
      expect(execFileSync('grep', [pattern], { input, encoding: 'utf8' })).toBe(shown);
    });
  });

  it('B9 step 1, the other way: a bridge over your own routes makes both fresh, and says told and no more', async () => {
    const two = await startPods(apps.yours, [step1]);
    const bridge = await startBridge(bridgeOverYours);
    const old = await cached(two);
    const report = await send(bridge, change, { wait: 10 });
    expect(report).toMatchObject({ state: 'accepted', final: true, counts: { pods: 2, told: 2 } });
    await expectNew(two, old);
    noSecrets(bridge.output(), ...two.flatMap(({ output }) => output));
  });

  it('B9 step 1, the other way: it goes on while pods with the one route and the other run side by side', async () => {
    await startPods(apps.yours, [step1], { count: 1 });
    await startPods(apps.everypod, [step1], { count: 1 });
    const bridge = await startBridge(bridgeOverYours);
    const old = await cached(pods);
    expect(await send(bridge, change, { wait: 10 })).toMatchObject({ counts: { pods: 2, told: 2 } });
    await expectNew(pods, old);
  });

  describe('B9 step 2: the bridge', () => {
    it('has the pods’ signed word that they applied it, and the GET works as before', async () => {
      const two = await startPods(apps.everypod, [step1, step2]);
      const bridge = await startBridge();
      const old = await cached(two);
      const { id } = await send(bridge, change, { wait: 10 });
      await vi.waitFor(async () => {
        expect(await reportOf(bridge, id)).toMatchObject({ counts: { pods: 2, applied: 2 } });
      }, soon);
      await expectNew(two, old);
      const before = await cached(two);
      expect(await call(two[1])).toMatchObject({ status: 200, ok: true });
      await expectNew(two, before);
      noSecrets(bridge.output(), ...two.flatMap(({ output }) => output));
    });

    it('does not reach a pod that is born later until the next change', async () => {
      const [first] = await startPods(apps.everypod, [step1, step2], { count: 1 });
      const bridge = await startBridge();
      const built = await first?.copyOf(article);
      await send(bridge, change, { wait: 10 });
      expect(await first?.copyOf(article)).not.toBe(built);
      const [late] = await startPods(apps.everypod, [step1, step2], { count: 1 });
      expect(await late?.copyOf(article)).toBe(built);
      const { id } = await send(bridge, event([{ tag: 'of something else' }]), { wait: 10 });
      await vi.waitFor(async () => {
        expect(await reportOf(bridge, id)).toMatchObject({ counts: { pods: 2, applied: 2 } });
      }, soon);
      expect(await late?.copyOf(article)).not.toBe(built);
    });
  });

  it('B9 step 3: the probe lets no pod take traffic before it is fresh, and the change ends as settled', async () => {
    const bridge = await startBridge();
    const all = [step1, step2, step3];
    const two = await startPods(apps.everypod, all, { bridge: bridge.url });
    const untilReady = (pod: NextPod) =>
      vi.waitFor(async () => expect((await pod.probe('HEAD')).status).toBe(200), soon);
    await Promise.all(two.map(untilReady));
    const old = await cached(two);
    const { id } = await send(bridge, change, { wait: 10 });
    await expectNew(two, old);

    const [late] = await startPods(apps.everypod, all, { count: 1, bridge: bridge.url });
    const built = await late?.copyOf(article);
    if (late) await untilReady(late);
    expect(await late?.copyOf(article)).not.toBe(built);
    await vi.waitFor(async () => {
      await Promise.all(pods.map((pod) => pod.probe('HEAD')));
      expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', final: true });
      expect((await podsOf(bridge)).pods.map(({ behind }) => behind)).toEqual([0, 0, 0]);
    }, soon);
  });
}
