import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMessageId, newSecret, parseSecrets, reportSchema, sign } from '@everypod/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DnsServer, startDnsServer } from '../../../../fan-out/tests/dns-server.ts';
import { freePort } from '../../../../fan-out/tests/free-port.ts';
import { type BuiltApp, buildApp, buildSecret, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const headless = 'nextjs-headless.myapp.svc.cluster.local';
const eventSecret = newSecret();
const page = '/blog/my-post';
const ips = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const nobody = '127.0.0.5';

/** Several pods, DNS, and no bridge anywhere: the write-up's own way. */
export function describeBridgeLess(variant: Variant): void {
  let app: BuiltApp;
  let dns: DnsServer;
  let folder: string;
  let secretFile: string;
  const pods: NextPod[] = [];
  /** Three with nothing else set, and three without a pod secret, for every test that needs no more. */
  const kept = { usual: [] as NextPod[], withoutPodSecret: [] as NextPod[] };

  beforeAll(async () => {
    app = await buildApp(variant);
    dns = await startDnsServer();
    folder = mkdtempSync(join(tmpdir(), 'everypod-secret-'));
    secretFile = join(folder, 'revalidate-secret');
  });
  beforeEach(() => writeFileSync(secretFile, 'the-secret-of-the-servers\n'));
  const stop = (some: NextPod[]) => Promise.all(some.splice(0).map((pod) => pod.stop()));
  afterEach(() => stop(pods));
  afterAll(async () => {
    await Promise.all(Object.values(kept).map(stop));
    await dns.close();
    rmSync(folder, { recursive: true });
  });

  /** The first of those that are kept, in the Service alone, with nothing said yet. */
  async function startKept(kind: keyof typeof kept, count: number): Promise<NextPod[]> {
    if (kept[kind].length === 0) {
      await start(ips.length, kind === 'usual' ? {} : { EVERYPOD_POD_SECRET: '' });
      kept[kind] = pods.splice(0);
    }
    for (const { output } of kept[kind]) output.length = 0;
    dns.set(headless, ips.slice(0, count));
    return kept[kind].slice(0, count);
  }
  const startUsual = (count: number) => startKept('usual', count);

  /** At an address of its own each, as pods are; kept in the order of those. */
  async function start(count: number, environment: Record<string, string> = {}): Promise<NextPod[]> {
    const PORT = String(await freePort());
    const path = `${variant.basePath}/siteapi/revalidate${variant.trailingSlash ? '/' : ''}`;
    const own = ips.slice(0, count);
    const started = await Promise.all(
      own.map((ip) =>
        startNextPod(app, {
          PORT,
          HOSTNAME: ip,
          POD_IP: ip,
          POD_NAME: `nextjs-${ip}`,
          EVERYPOD_PODS: `http://${headless}:${PORT}${path}`,
          EVERYPOD_POD_CIDRS: '127.0.0.0/8',
          EVERYPOD_DNS: dns.address,
          EVERYPOD_SECRET: eventSecret,
          REVALIDATE_SECRET_FILE: secretFile,
          ...environment,
        }),
      ),
    );
    pods.push(...started);
    dns.set(headless, own);
    return started;
  }

  const call = async (pod: NextPod | undefined, query: string, secret = 'the-secret-of-the-servers') => {
    const url = `${pod?.urlOf('/siteapi/revalidate')}?secret=${secret}${query}`;
    const response = await fetch(url, { redirect: 'manual' });
    return { status: response.status, ...(await response.json()) };
  };
  const copies = (some: readonly NextPod[]) => Promise.all(some.map((pod) => pod.copyOf(page)));
  const cached = (some: readonly NextPod[]) => Promise.all(some.map((pod) => cachedCopyOf(pod, page)));

  it('B9 without the fan-out one of two pods is fresh, and the other goes on with the old page', async () => {
    const two = await startUsual(2);
    const [old, stays] = await cached(two);
    expect(await call(two[0], '&slug=blog/my-post&fanout=1')).toMatchObject({ ok: true, fanout: true });
    const [fresh, stale] = await copies(two);
    expect(fresh).not.toBe(old);
    expect(stale).toBe(stays);
  });

  it.each([2, 3])(
    'B9 the pod that gets the call makes all of %i fresh, by secret and slug',
    async (count) => {
      const all = await startUsual(count);
      const old = await cached(all);
      const answer = await call(all[0], '&slug=blog/my-post');
      expect(answer).toMatchObject({ status: 200, ok: true, pod: ips[0], fanout: false });
      const told = ips.slice(0, count).map((ip) => ({ ip, name: `nextjs-${ip}`, state: 'told' }));
      expect(answer.pods).toMatchObject(told);
      for (const [index, copy] of (await copies(all)).entries()) expect(copy).not.toBe(old[index]);

      const others = ips.slice(1, count);
      const outputs = () => all.map(({ output }) => output.join(''));
      // What a process has written comes in its own time.
      await vi.waitFor(() => {
        const [first = '', ...rest] = outputs();
        const lines = first.split('\n').filter((line) => line.startsWith('[revalidate]'));
        expect(lines.slice(0, 2)).toEqual([
          `[revalidate] primary pod=${ips[0]} slug=blog/my-post`,
          `[revalidate] fan-out from ${ips[0]} to [${others.join(', ')}]`,
        ]);
        expect(lines.slice(2).toSorted()).toEqual(others.map((ip) => `[revalidate] fan-out to ${ip} → 200`));
        for (const [index, output] of rest.entries()) {
          expect(output).toContain(`[revalidate] fanout pod=${others[index]} slug=blog/my-post\n`);
        }
      });
      expect(outputs().join('')).not.toContain('secret-of-the');
    },
  );

  it('B9 all of them as well where only the write-up’s secret is set, and by path, and after the answer', async () => {
    const all = await startKept('withoutPodSecret', 3);
    const old = await cached(all);
    const answer = await call(all[2], `&path=${page}/&wait=0`);
    expect(answer).toMatchObject({ status: 200, ok: true, pod: ips[2], fanout: false });
    expect(answer).not.toHaveProperty('pods');
    await vi.waitFor(
      async () => {
        for (const [index, copy] of (await copies(all)).entries()) expect(copy).not.toBe(old[index]);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('B9 an event that comes signed makes all of three fresh, and is answered with their lines', async () => {
    const all = await startUsual(3);
    const old = await cached(all);
    const body = JSON.stringify({
      type: 'content.changed',
      timestamp: '2026-11-24T09:30:00Z',
      data: {
        site: 'https://cms.example.com',
        change: 'post.updated',
        subject: { kind: 'post', id: '42' },
        actor: null,
        targets: [{ path: `${page}/` }],
      },
    });
    const headers = { ...sign(parseSecrets(eventSecret), newMessageId('event'), Date.now(), body) };
    const url = all[1]?.urlOf('/siteapi/revalidate') ?? '';
    const response = await fetch(url, { method: 'POST', body, headers });
    const report = reportSchema.parse(await response.json());
    expect(report).toMatchObject({ state: 'accepted', final: true, counts: { pods: 3, told: 3 } });
    for (const [index, copy] of (await copies(all)).entries()) expect(copy).not.toBe(old[index]);
  });

  it('B9 a pod that is gone has a line, and the others are fresh', async () => {
    const two = await startUsual(2);
    const old = await cached(two);
    dns.set(headless, [...ips.slice(0, 2), nobody]);
    const answer = await call(two[0], '&slug=blog/my-post');
    expect(answer).toMatchObject({ status: 200, ok: false, reason: expect.stringContaining(nobody) });
    expect(answer.pods[2]).toMatchObject({ ip: nobody, state: 'unreachable' });
    for (const [index, copy] of (await copies(two)).entries()) expect(copy).not.toBe(old[index]);
  });

  describe('B9 the secret', () => {
    it('of the build is in no file of it', async () => {
      const all = await readdir(join(app.project, '.next'), { recursive: true, withFileTypes: true });
      // The pods that run are copies of it.
      const files = all.filter((file) => file.isFile() && !/[\\/]running-/.test(file.parentPath));
      expect(files.length).toBeGreaterThan(10);
      // Each in its turn, so that connections which pods close meanwhile are known to be closed.
      const having: string[] = [];
      for (const { parentPath, name } of files)
        if ((await readFile(join(parentPath, name))).includes(buildSecret)) having.push(name);
      expect(having).toEqual([]);
    });

    it('is that of the server, from a file that is read again while the pods run', async () => {
      const two = await startKept('withoutPodSecret', 2);
      expect(await call(two[0], '&slug=blog/my-post', buildSecret)).toMatchObject({ status: 401 });
      expect(await call(two[0], '&slug=blog/my-post')).toMatchObject({ status: 200, ok: true });
      writeFileSync(secretFile, 'the-next-secret-of-the-servers\n');
      expect(await call(two[0], '&slug=blog/my-post')).toMatchObject({ status: 401 });
      const old = await cached(two);
      const next = 'the-next-secret-of-the-servers';
      expect(await call(two[1], '&slug=blog/my-post', next)).toMatchObject({ status: 200, ok: true });
      for (const [index, copy] of (await copies(two)).entries()) expect(copy).not.toBe(old[index]);
    });
  });

  it('B9 neither HEAD nor a call on a pod without that secret does anything', async () => {
    const [pod] = await startUsual(1);
    const url = `${pod?.urlOf('/siteapi/revalidate')}?secret=the-secret-of-the-servers&slug=blog/my-post`;
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const [without] = await start(1, { REVALIDATE_SECRET_FILE: '' });
    expect(await call(without, '&slug=blog/my-post')).toMatchObject({ status: 404 });
  });
}
