import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp, type Variant } from '../../pod/tests/next/surroundings/build.ts';
import { createKubectl } from '../src/kubectl.ts';
import { limits } from '../src/limits.ts';
import { plan, urls } from '../src/plan.ts';
import type { Copy, Deployment } from '../src/pods.ts';
import { startTopology, type Topology } from '../src/topology.ts';
import { until } from '../src/until.ts';

/** Of the well-known call. */
const plainSecret = 'the-secret-of-the-write-up';
const [a, b] = plan.pods;
const ips = [a.ip, b.ip];

let topology: Topology;
let image: string;
let plainImage: string;
beforeAll(async () => {
  const variant: Variant = {
    next: 16,
    pages: 'isr',
    basePath: '',
    trailingSlash: false,
    config: 'next.config.ts',
  };
  image = (await buildApp(variant)).folder;
  plainImage = (await buildApp({ ...variant, pages: 'plain' })).folder;
  topology = await startTopology();
});
afterAll(() => topology?.stop());

let titles = 0;
const newTitle = () => {
  titles += 1;
  return `Title ${titles}`;
};

type WellKnownAnswer = { ok: boolean; pod: string; fanout: boolean; pods?: { ip: string; state: string }[] };
/** As the write-up's WordPress makes it: from its own machine, to the load balancer. */
const wellKnownCall = (query = '') =>
  topology.from.wordpress.json<WellKnownAnswer>(
    `${urls.loadBalancer}/siteapi/revalidate?secret=${plainSecret}&slug=my-post${query}`,
  );

/** What a person sees who looks for this in a log. @throws when nothing is found, as grep fails then */
const grep = (pattern: string, log: string) =>
  execFileSync('grep', ['-e', pattern], { input: log, encoding: 'utf8' });

/** How long each log was when a test began: what former ones have written in it proves nothing. */
const before = new Map<string, number>();
const logOf = (program: string) => readFile(join(topology.logs, `${program}.log`), 'utf8');
const programs = ['bridge', a.name, b.name];
beforeEach(async () => {
  for (const program of programs) before.set(program, (await logOf(program).catch(() => '')).length);
});

/** How many of the lines that a program has written in this test have this text, word for word. */
async function linesWith(text: string, program: string): Promise<number> {
  const input = (await logOf(program)).slice(before.get(program));
  return spawnSync('grep', ['-F', '-e', text], { input, encoding: 'utf8' }).stdout.split('\n').length - 1;
}

/**
 * A line of each kind is in the log; what a process has written comes in its own time.
 * @param lines where there are several forms of one, as DNS orders addresses as it likes, any of them
 */
async function expectLines(program: string, lines: readonly (string | readonly string[])[]): Promise<void> {
  await until(`${program} has said it`, limits.logMs, async () => {
    for (const line of lines) {
      const counts = await Promise.all([line].flat().map((form) => linesWith(form, program)));
      expect(Math.max(...counts), String(line)).toBeGreaterThan(0);
    }
  });
}

/** Whom the bridge told, and what each answered. */
const expectFanOutByBridge = () =>
  expectLines('bridge', [
    [ips, ips.toReversed()].map((to) => `[revalidate] fan-out from ${hostname()} to [${to.join(', ')}]`),
    ...ips.map((ip) => `[revalidate] fan-out to ${ip} → 200`),
  ]);

describe('WordPress outside, two pods inside', () => {
  let deployment: Deployment;
  const copies = () => Promise.all(deployment.pods.map(({ copy }) => copy()));
  const shown = async () => (await copies()).map(({ title }) => title);
  /** Both pods have the page in their caches; what they have of it no visit makes new. */
  async function cached(): Promise<Copy[]> {
    const old = await copies();
    expect(await copies()).toEqual(old);
    return old;
  }

  describe('where nobody tells the other pods', () => {
    beforeAll(async () => {
      await topology.wordpress.setDestination(null);
      deployment = await topology.startPods(image, { REVALIDATE_SECRET: plainSecret });
    });
    afterAll(() => deployment?.stop());

    it('B9 WordPress has no route to any pod, and the node has one to each', async () => {
      for (const pod of plan.pods) {
        const url = `${urls.pod(pod)}/siteapi/ready`;
        expect(await topology.from.wordpress.call(url)).toEqual({
          unanswered: expect.stringContaining('ENETUNREACH'),
        });
        expect(await topology.from.cluster.call(url)).toMatchObject({ status: 200 });
      }
    });

    it('B9 the failure first: a call through the load balancer leaves one of two pods with the old page', async () => {
      const old = await cached();
      const title = newTitle();
      await topology.wordpress.save(title);
      const { pod } = await wellKnownCall();
      expect(ips).toContain(pod);
      const now = await copies();
      for (const [index, { ip }] of plan.pods.entries()) {
        if (ip === pod) expect(now[index]?.title).toBe(title);
        else expect(now[index]).toEqual(old[index]);
      }
    });
  });

  describe('bridge-less', () => {
    beforeAll(async () => {
      const { secret, podSecret } = topology.secrets;
      deployment = await topology.startPods(image, {
        REVALIDATE_SECRET: plainSecret,
        EVERYPOD_PODS: urls.pods,
        EVERYPOD_SECRET: secret,
        EVERYPOD_POD_SECRET: podSecret,
      });
    });
    afterAll(() => deployment?.stop());
    beforeEach(async () => {
      await topology.wordpress.setDestination(null);
      await cached();
    });

    it('B9 the same call makes both pods fresh, with a line for each', async () => {
      const title = newTitle();
      await topology.wordpress.save(title);
      const answer = await wellKnownCall();
      expect(answer).toMatchObject({ ok: true, fanout: false });
      expect(answer.pods?.map(({ ip, state }) => `${ip} ${state}`).toSorted()).toEqual(
        ips.map((ip) => `${ip} told`),
      );
      expect(await shown()).toEqual([title, title]);
    });

    it('B9 a save makes both fresh, where the plugin’s destination is the load balancer', async () => {
      await topology.wordpress.setDestination({
        kind: 'load-balancer',
        url: `${urls.loadBalancer}/siteapi/revalidate`,
        secret: topology.secrets.secret,
      });
      const title = newTitle();
      await topology.wordpress.save(title);
      const { destination, report } = await topology.wordpress.finalReport();
      expect(destination).toBe('load-balancer');
      expect(report).toMatchObject({ state: 'accepted', counts: { pods: 2, told: 2 } });
      expect(report.pods.map(({ ip, state }) => `${ip} ${state}`).toSorted()).toEqual(
        ips.map((ip) => `${ip} told`),
      );
      expect(await shown()).toEqual([title, title]);
    });

    it('B9 each pod’s log says the write-up’s own lines, for grep', async () => {
      const primaries = new Set<string>();
      while (primaries.size < 2) primaries.add((await wellKnownCall()).pod);
      for (const [own, other] of [
        [a, b],
        [b, a],
      ] as const) {
        await expectLines(own.name, [
          `[revalidate] primary pod=${own.ip} slug=my-post`,
          `[revalidate] fan-out from ${own.ip} to [${other.ip}]`,
          `[revalidate] fan-out to ${other.ip} → 200`,
          `[revalidate] fanout pod=${own.ip} slug=my-post`,
        ]);
      }
      for (const { name } of plan.pods) expect(await linesWith(plainSecret, name)).toBe(0);
    });

    it('B9 the write-up’s four commands of diagnosis get their answers', async () => {
      const kubectl = createKubectl({ pods: deployment.pods, logs: topology.logs });
      const { pod } = await wellKnownCall();
      const listed = (await kubectl('get', 'pods', '-o', 'wide')).split('\n').slice(1);
      expect(listed.map((row) => row.split(/ +/))).toEqual(
        plan.pods.map(({ name, ip }) => [name, 'Running', ip]),
      );
      for (const { name, ip } of plan.pods) {
        const known = await kubectl('exec', name, '--', 'getent', 'ahostsv4', 'nextjs-headless');
        expect([...new Set(known.match(/^[\d.]+/gm))].toSorted()).toEqual(ips);
        expect(await kubectl('exec', name, '--', 'printenv', 'POD_IP')).toBe(`${ip}\n`);
        const said = await grep('\\[revalidate\\]', await kubectl('logs', name));
        expect(said).toContain(`${ip === pod ? 'primary' : 'fanout'} pod=${ip} slug=my-post\n`);
      }
    });
  });

  describe('with a bridge on the node', () => {
    let bridge: Awaited<ReturnType<Topology['startBridge']>>;
    beforeAll(async () => {
      const { secret, podSecret } = topology.secrets;
      bridge = await topology.startBridge({
        EVERYPOD_PODS: urls.pods,
        EVERYPOD_SECRET: secret,
        EVERYPOD_POD_SECRET: podSecret,
      });
      deployment = await topology.startPods(image, {
        EVERYPOD_BRIDGE_URL: urls.bridgeFromPods,
        EVERYPOD_POD_SECRET: podSecret,
        EVERYPOD_SETTLE_SECONDS: '1',
      });
      await topology.wordpress.setDestination({ kind: 'bridge', url: urls.bridge, secret });
    });
    afterAll(async () => {
      await deployment?.stop();
      await bridge?.stop();
    });
    beforeEach(async () => {
      await cached();
    });

    it('B9 a save makes both pods fresh, and the panel’s report has a line for each', async () => {
      const title = newTitle();
      await topology.wordpress.save(title);
      const { destination, report } = await topology.wordpress.finalReport();
      expect(destination).toBe('bridge');
      expect(report).toMatchObject({ state: 'settled', counts: { pods: 2, applied: 2, settled: 2 } });
      expect(report.pods.map(({ name, ip, state }) => `${name} ${ip} ${state}`).toSorted()).toEqual(
        plan.pods.map(({ name, ip }) => `${name} ${ip} applied`),
      );
      expect(await shown()).toEqual([title, title]);
    });

    it('B9 the bridge’s log says whom it told, and each pod’s that it has applied it', async () => {
      await topology.wordpress.save(newTitle());
      await expectFanOutByBridge();
      for (const { name, ip } of plan.pods) {
        await expectLines(name, [`[revalidate] fanout pod=${ip} slug=my-post`]);
      }
    });
  });

  describe('plain pods, driven by a bridge on the node', () => {
    let bridge: Awaited<ReturnType<Topology['startBridge']>>;
    beforeAll(async () => {
      const { secret, podSecret } = topology.secrets;
      bridge = await topology.startBridge({
        EVERYPOD_PODS: `plain+${urls.pods}`,
        EVERYPOD_SECRET: secret,
        EVERYPOD_POD_SECRET: podSecret,
        EVERYPOD_PLAIN_SECRET: plainSecret,
      });
      const environment = { REVALIDATE_SECRET: plainSecret };
      deployment = await topology.startPods(plainImage, environment, '/my-post');
      await topology.wordpress.setDestination({ kind: 'bridge', url: urls.bridge, secret });
    });
    afterAll(async () => {
      await deployment?.stop();
      await bridge?.stop();
    });
    beforeEach(async () => {
      await cached();
    });

    it('B9 a save makes both pages new, and their lines say told', async () => {
      const title = newTitle();
      await topology.wordpress.save(title);
      const { report } = await topology.wordpress.finalReport();
      expect(report).toMatchObject({ state: 'accepted', counts: { pods: 2, told: 2, applied: 0 } });
      expect(report.pods.map(({ ip, state }) => `${ip} ${state}`).toSorted()).toEqual(
        ips.map((ip) => `${ip} told`),
      );
      expect(await shown()).toEqual([title, title]);
    });

    it('B9 both logs say the write-up’s own lines, and neither has the secret', async () => {
      await topology.wordpress.save(newTitle());
      await expectFanOutByBridge();
      for (const { name, ip } of plan.pods) {
        await expectLines(name, [`[revalidate] fanout pod=${ip} slug=my-post`]);
      }
      for (const name of programs) expect(await linesWith(plainSecret, name)).toBe(0);
    });
  });
});
