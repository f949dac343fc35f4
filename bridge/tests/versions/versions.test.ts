import { getBody, newMessageId, type Report, reportSchema, type Target } from '@everypod/contract';
import { describe, expect, it, vi } from 'vitest';
import goldenReports from '../../../contract/fixtures/report-first.json' with { type: 'json' };
import { formerReport } from '../../src/report/former-report.ts';
import { afterThisTest, event, podSecret, podsOf, secret, send, startWorld } from '../harness.ts';
import { type ServedPod, servePod } from './served.ts';
import { former, present, type Version } from './version.ts';

const formers = ['0.1.0', 'first-protocol'];
const settledPodLine = { state: 'applied', settledAt: expect.any(String) };

/** A bridge of a version, with a pod of each. */
async function start(versions: { bridge: Version; pods: Record<string, Version> }) {
  const world = await startWorld();
  const { createBridge, readConfig, bridgeLimits } = versions.bridge;
  const bridge = createBridge(readConfig(world.environment), { limits: bridgeLimits });
  const url = `http://127.0.0.1:${await bridge.start()}`;
  afterThisTest(() => bridge.stop());
  const environment = { EVERYPOD_BRIDGE_URL: url, EVERYPOD_POD_SECRET: podSecret };
  const pods: ServedPod[] = [];
  const ips: string[] = [];
  for (const [name, version] of Object.entries(versions.pods)) {
    const ip = `127.0.0.${11 + pods.length}`;
    pods.push(await servePod(version, { name, ip, port: world.port, environment }));
    ips.push(ip);
  }
  world.list(ips);
  // No cursor would do: they take traffic once they have caught up.
  await vi.waitFor(() => {
    for (const { told } of pods) expect(told).not.toEqual([]);
  }, 5_000);
  return { url, pods };
}

/** Sends as a sender of that version does, and reads reports as strictly as it does. */
async function settledFor({ contract }: Version, url: string, path: string): Promise<Report> {
  const secrets = contract.parseSecrets(secret);
  const id = newMessageId('evt');
  const body = JSON.stringify(event([{ path }]));
  const read = async (response: Response) => {
    expect([200, 202]).toContain(response.status);
    return contract.reportSchema.parse(await response.json());
  };
  const headers = { prefer: 'wait=5', ...contract.sign(secrets, id, Date.now(), body) };
  const taken = await read(await fetch(`${url}/v1/events`, { method: 'POST', body, headers }));
  expect(taken.pods.map(({ state }) => state)).toEqual(taken.pods.map(() => 'applied'));
  const route = `/v1/events/${id}`;
  const report = async () => {
    const signed = contract.sign(secrets, newMessageId('get'), Date.now(), getBody(route));
    return read(await fetch(url + route, { headers: { ...signed } }));
  };
  await vi.waitFor(async () => expect(await report()).toMatchObject({ state: 'settled', final: true }), {
    timeout: 8_000,
    interval: 50,
  });
  return report();
}

const questionsTo = ({ posted }: ServedPod) => posted.filter(({ message }) => 'ask' in message).length;
const troubles = ({ log }: ServedPod) =>
  log.filter((line) => /not trusted|speaks another|answered 4/.test(line));

describe.each(formers)('beside %s', (name) => {
  it('the present bridge brings events of either sender to pods of either version', async () => {
    const old = await former(name);
    const { url, pods } = await start({ bridge: present, pods: { old, present } });
    for (const [nth, sender] of [old, present].entries()) {
      const report = await settledFor(sender, url, `/from-${nth}`);
      expect(report.pods).toMatchObject([settledPodLine, settledPodLine]);
      const ways = report.pods.map(({ name, how }) => [name, how]);
      expect(ways).toEqual([
        ['old', undefined],
        ['present', sender === present ? 'second pass' : undefined],
      ]);
    }
    expect(pods.map(questionsTo).map(Boolean)).toEqual([false, true]);
    expect(pods.map(troubles)).toEqual([[], []]);
    expect(pods.map(({ told }) => ['/from-0', '/from-1'].map((path) => told.includes(path)))).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  it('the former bridge brings events of either sender to pods of either version, and is told nothing that it refuses', async () => {
    const old = await former(name);
    const { url, pods } = await start({ bridge: old, pods: { old, present } });
    for (const [nth, sender] of [old, present].entries()) {
      const report = await settledFor(sender, url, `/from-${nth}`);
      expect(report.pods).toMatchObject([settledPodLine, settledPodLine]);
      for (const line of report.pods) expect(Object.keys(line)).not.toContain('how');
    }
    expect(pods.map(questionsTo)).toEqual([0, 0]);
    expect(pods.map(troubles)).toEqual([[], []]);
  });
});

describe('what vanishes', () => {
  const vanishing: Target[] = [
    { path: '/taken-back', vanishes: true },
    { tag: 'taken', vanishes: true },
  ];
  const wordsTo = ({ posted }: ServedPod) => posted.map(({ message }) => message.targets ?? []);

  it.each([...formers, 'present'])('is brought to a pod of %s by a push', async (name) => {
    const version = name === 'present' ? present : await former(name);
    const { url, pods } = await start({ bridge: present, pods: { pod: version } });
    const report = await send({ url }, event(vanishing), { wait: 5 });
    expect(report).toMatchObject({ targets: vanishing, pods: [{ state: 'applied' }] });
    const [pod] = pods;
    expect(pod?.told).toEqual(expect.arrayContaining(['/taken-back', '#taken']));
    const plain = [{ path: '/taken-back' }, { tag: 'taken' }];
    const all = pod ? wordsTo(pod) : [];
    // The newest bytes that were pushed; 0.1.0 has refused the first.
    expect(all.at(-1)).toEqual(name === '0.1.0' ? plain : vanishing);
  });

  it.each([...formers, 'present'])('is told a pod of %s that was away, each thing once', async (name) => {
    const version = name === 'present' ? present : await former(name);
    const world = await startWorld();
    const bridge = present.createBridge(present.readConfig(world.environment), {
      limits: { ...present.bridgeLimits, lookBackMs: 0 },
    });
    const url = `http://127.0.0.1:${await bridge.start()}`;
    afterThisTest(() => bridge.stop());
    const builtAt = new Date().toISOString();
    await send({ url }, event([{ path: '/taken-back' }]));
    const { id } = await send({ url }, event(vanishing));
    const environment = { EVERYPOD_BRIDGE_URL: url, EVERYPOD_POD_SECRET: podSecret };
    const ip = '127.0.0.11';
    const pod = await servePod(version, { name, ip, port: world.port, environment, builtAt });
    await vi.waitFor(
      async () => expect((await podsOf({ url })).pods).toMatchObject([{ cursor: { seq: 2 } }]),
      5_000,
    );
    expect(new Set(pod.told)).toEqual(new Set(['/taken-back', '/taken-back/', '#taken']));
    expect(troubles(pod)).toEqual([]);
    const signed = present.contract.sign(
      present.contract.parseSecrets(secret),
      newMessageId('get'),
      Date.now(),
      getBody(`/v1/events/${id}`),
    );
    const { 'everypod-protocol': _, ...first } = { ...signed } as Record<string, string>;
    const answer = await fetch(`${url}/v1/events/${id}`, { headers: first });
    expect((await former('0.1.0')).contract.reportSchema.safeParse(await answer.json()).success).toBe(true);
  });
});

describe('a pod that has missed more calls than 0.1.0 takes', () => {
  it.each([
    { bridge: 'present', pod: 'present', told: 8_000 },
    { bridge: 'present', pod: '0.1.0', told: 1 },
    { bridge: 'present', pod: 'first-protocol', told: 1 },
    { bridge: '0.1.0', pod: 'present', told: 1 },
    { bridge: 'first-protocol', pod: 'present', told: 1 },
  ])('is told $told calls: bridge $bridge, pod $pod', async ({ bridge: by, pod: of, told }) => {
    const versionOf = (name: string) => (name === 'present' ? present : former(name));
    const { createBridge, readConfig, bridgeLimits } = await versionOf(by);
    const world = await startWorld();
    const bridge = createBridge(readConfig(world.environment), {
      limits: { ...bridgeLimits, lookBackMs: 0 },
    });
    const url = `http://127.0.0.1:${await bridge.start()}`;
    afterThisTest(() => bridge.stop());
    const builtAt = new Date().toISOString();
    for (let nth = 0; nth < 8; nth += 1) {
      await send({ url }, event(Array.from({ length: 1_000 }, (_, of) => ({ tag: `t${nth}-${of}` }))));
    }
    const environment = { EVERYPOD_BRIDGE_URL: url, EVERYPOD_POD_SECRET: podSecret };
    const pod = await servePod(await versionOf(of), {
      ...{ name: of, ip: '127.0.0.11', port: world.port },
      ...{ environment, builtAt },
    });
    await vi.waitFor(
      async () => expect((await podsOf({ url })).pods).toMatchObject([{ cursor: { seq: 8 } }]),
      { timeout: 5_000, interval: 50 },
    );
    expect(new Set(pod.told).size).toBe(told);
    expect(pod.told.includes('/')).toBe(told === 1);
    expect(troubles(pod)).toEqual([]);
  });
});

it('among themselves the present versions say in every push and question that they speak the third protocol', async () => {
  const { url, pods } = await start({ bridge: present, pods: { present } });
  const report = await settledFor(present, url, '/news');
  expect(report.pods).toMatchObject([{ ...settledPodLine, how: 'second pass' }]);
  const [pod] = pods;
  expect(pod && new Set(pod.posted.map(({ protocol }) => protocol))).toEqual(new Set(['3']));
});

it('0.1.0 refuses a report of the second protocol, so what it is given has to be in its own words', async () => {
  const { contract } = await former('0.1.0');
  const { url } = await start({ bridge: present, pods: { present } });
  const report = await settledFor(present, url, '/news');
  expect(report.pods).toMatchObject([{ how: 'second pass' }]);
  expect(contract.reportSchema.safeParse(report).success).toBe(false);
});

describe('a report for a sender that does not speak the second protocol', () => {
  it.each(goldenReports)('has no field that it does not know: $name', ({ second, first }) => {
    expect(formerReport(reportSchema.parse(second))).toEqual(first);
  });
});

it('pods of either version relay to each other, where there is no bridge', async () => {
  const old = await former('first-protocol');
  const world = await startWorld();
  const environment = {
    EVERYPOD_PODS: world.environment.EVERYPOD_PODS ?? '',
    EVERYPOD_POD_CIDRS: '127.0.0.0/8',
    EVERYPOD_DNS: world.dns.address,
    EVERYPOD_POD_SECRET: podSecret,
    REVALIDATE_SECRET: 'shared-by-the-pods',
  };
  const at = { old: '127.0.0.11', present: '127.0.0.12' };
  const { port } = world;
  const pods = {
    old: await servePod(old, { name: 'old', ip: at.old, port, environment }),
    present: await servePod(present, { name: 'present', ip: at.present, port, environment }),
  };
  world.list(Object.values(at));
  for (const [primary, ip] of Object.entries(at)) {
    const query = `secret=${environment.REVALIDATE_SECRET}&slug=from-${primary}`;
    const answer = await fetch(`http://${ip}:${port}/siteapi/revalidate?${query}`);
    expect(answer.status).toBe(200);
    for (const { told } of Object.values(pods)) expect(told).toContain(`/from-${primary}`);
  }
  const protocols = [pods.old, pods.present].map(({ posted }) => posted.map(({ protocol }) => protocol));
  expect(protocols).toEqual([['3'], [undefined]]);
});
