import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DnsServer, startDnsServer } from '../../../../fan-out/tests/dns-server.ts';
import { freePort } from '../../../../fan-out/tests/free-port.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const services = ['nextjs-headless.myapp.svc.cluster.local', 'other-headless.myapp.svc.cluster.local'];
const page = '/blog/my-post';
const secret = 'the-secret-of-the-servers';

/** Bridge-less pods whose own address is not what the write-up takes for granted, or who are of more than one Service. */
export function describeOwnAddress(variant: Variant): void {
  let app: BuiltApp;
  let dns: DnsServer;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    dns = await startDnsServer();
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await dns.close();
  });

  type Given = {
    ips: string[];
    /** As each is told its own address; its address where nothing is said. */
    told?: string;
    /** Which of them each Service lists. */
    listed?: string[][];
  };
  const [a, b, c] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;
  const cases: [string, Given][] = [
    ['POD_IP is missing', { ips: [a, b, c], told: '' }],
    ['POD_IP is no address', { ips: [a, b], told: 'nextjs-a' }],
    ['POD_IP is one of no machine here', { ips: [a, b, c], told: '192.0.2.77' }],
    ['one has an IPv6 address', { ips: ['::1', b] }],
    ['that is spelled in another way', { ips: ['::1', b], told: '0:0:0:0:0:0:0:1' }],
    [
      'they are of two Services, and one of both',
      {
        ips: [a, b, c],
        listed: [
          [a, b],
          [c, a],
        ],
      },
    ],
  ];

  it.each(cases)('B9 where %s, each pod is told once, and has the new page', async (_, given) => {
    const { ips, told, listed = [ips] } = given;
    const PORT = String(await freePort());
    const where = services.slice(0, listed.length).map((name) => `http://${name}:${PORT}/siteapi/revalidate`);
    for (const [index, list] of listed.entries()) dns.set(services[index] ?? '', list);
    const started = await Promise.all(
      ips.map((ip) =>
        startNextPod(app, {
          PORT,
          HOSTNAME: ip,
          POD_IP: told ?? ip,
          POD_NAME: `nextjs-${ip}`,
          EVERYPOD_PODS: where.join(','),
          EVERYPOD_POD_CIDRS: '127.0.0.0/8,::1/128',
          EVERYPOD_DNS: dns.address,
          REVALIDATE_SECRET: secret,
        }),
      ),
    );
    pods.push(...started);
    const old = await Promise.all(pods.map((pod) => cachedCopyOf(pod, page)));

    const url = `${pods[0]?.urlOf('/siteapi/revalidate')}?secret=${secret}&slug=blog/my-post`;
    const answer = await (await fetch(url)).json();
    expect(answer).toMatchObject({ ok: true });
    const names = answer.pods.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual(ips.map((ip) => `nextjs-${ip}`).toSorted());
    const copies = await Promise.all(pods.map((pod) => pod.copyOf(page)));
    for (const [index, copy] of copies.entries()) expect(copy).not.toBe(old[index]);
    for (const [index, { output }] of pods.entries()) {
      const lines = output.join('').match(/^\[revalidate\] (primary|fanout) .*$/gm) ?? [];
      const own = lines.filter((line) => line.includes(index === 0 ? 'primary' : 'fanout'));
      expect(own).toHaveLength(1);
    }
  });
}
