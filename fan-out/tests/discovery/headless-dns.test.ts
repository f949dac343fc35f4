import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAllowedRanges } from '../../src/discovery/allowed-ranges.ts';
import { createHeadlessDns } from '../../src/discovery/headless-dns.ts';
import { joinDiscoveries } from '../../src/discovery/joined.ts';
import { parseService } from '../../src/discovery/service.ts';
import { type DnsServer, rcodes, startDnsServer } from '../dns-server.ts';
import { discoveryConforms } from './conformance.ts';

const name = 'nextjs-headless.myapp.svc.cluster.local';
const other = 'other-headless.myapp.svc.cluster.local';
const urlOf = (host: string) => `http://${host}:3000/siteapi/revalidate`;
const ranges = createAllowedRanges(['127.0.0.0/8', '::1/128']);

let dns: DnsServer;
beforeEach(async () => {
  dns = await startDnsServer();
});
afterEach(() => dns.close());

discoveryConforms('headless DNS', async (ips, allowed) => {
  dns.set(name, ips);
  return createHeadlessDns({
    services: [parseService(urlOf(name))],
    ranges: allowed,
    servers: [dns.address],
  });
});

describe('headless DNS', () => {
  let nowMs = 0;
  const discovery = (hosts = [name]) =>
    createHeadlessDns({
      services: hosts.map((host) => parseService(urlOf(host))),
      ranges,
      servers: [dns.address],
      lastGoodMs: 60_000,
      now: () => nowMs,
    });

  it('has a line with the reason where the server’s address can’t be used at all', async () => {
    const servers = ['127.0.0.1:99999'];
    const found = createHeadlessDns({ services: [parseService(urlOf(name))], ranges, servers });
    const { lines, unanswered } = await found.discover();
    expect(lines[0]?.reason).toContain(`DNS gave no answer for ${name}`);
    expect(unanswered).toHaveLength(1);
  });

  it('asks for both families by the full name only, without search domains', async () => {
    await discovery().discover();
    expect(dns.questions.toSorted()).toEqual([`A ${name}`, `AAAA ${name}`]);
  });

  it('asks for every name, and has a line for each', async () => {
    dns.set(name, ['127.0.0.11']);
    dns.set(other, ['127.0.0.12']);
    const { addresses, lines } = await discovery([name, other]).discover();
    expect(addresses.map(({ ip, service }) => [service.hostname, ip])).toEqual([
      [name, '127.0.0.11'],
      [other, '127.0.0.12'],
    ]);
    expect(lines.map(({ service }) => service)).toEqual([name, other]);
  });

  it('takes "no such name" for an answer: zero pods, and says so', async () => {
    const found = await discovery().discover();
    expect(found.addresses).toEqual([]);
    expect(found.unanswered).toEqual([]);
    expect(found.lines[0]?.stale).toBeUndefined();
    expect(found.lines[0]?.reason).toContain(`DNS lists no pod under ${name}`);
  });

  it('does not go back to the last good addresses after "no such name"', async () => {
    const found = discovery();
    dns.set(name, ['127.0.0.11']);
    await found.discover();
    dns.set(name, []);
    expect((await found.discover()).addresses).toEqual([]);
  });

  describe.each([
    { what: 'fails', breakDns: () => dns.fail(rcodes.SERVFAIL) },
    { what: 'refuses', breakDns: () => dns.fail(rcodes.REFUSED) },
    { what: 'is silent', breakDns: () => dns.silent(true) },
  ])('while the server $what', ({ breakDns }) => {
    it('uses the last good addresses, marked stale, with the reason', async () => {
      const found = discovery();
      dns.set(name, ['127.0.0.11', '127.0.0.12']);
      await found.discover();
      breakDns();
      nowMs += 12_000;
      const { addresses, lines, unanswered } = await found.discover();
      expect(addresses.map(({ ip }) => ip)).toEqual(['127.0.0.11', '127.0.0.12']);
      expect(lines[0]).toMatchObject({ stale: true, addresses: 2 });
      expect(lines[0]?.reason).toContain('of 12 s ago');
      expect(unanswered.map(({ hostname }) => hostname)).toEqual([name]);
    });

    it('gives them up after their time', async () => {
      const found = discovery();
      dns.set(name, ['127.0.0.11']);
      await found.discover();
      breakDns();
      nowMs += 60_001;
      const { addresses, lines } = await found.discover();
      expect(addresses).toEqual([]);
      expect(lines[0]?.stale).toBeUndefined();
      expect(lines[0]?.reason).toContain('DNS gave no answer');
    });
  });

  describe('while only one family is answered', () => {
    it.each([
      { broken: 'A', other: 'AAAA' },
      { broken: 'AAAA', other: 'A' },
    ] as const)('keeps the last good addresses of the other: no $broken', async ({ broken, other }) => {
      const found = discovery();
      dns.set(name, ['127.0.0.11', '::1']);
      await found.discover();
      dns.failFamily(broken, rcodes.SERVFAIL);
      const { addresses, lines, unanswered } = await found.discover();
      expect(addresses.map(({ ip }) => ip)).toEqual(['127.0.0.11', '::1']);
      expect(lines[0]).toMatchObject({
        stale: true,
        reason: expect.stringContaining(`the ${broken} question`),
      });
      expect(lines[0]?.reason).not.toContain(`the ${other} question`);
      expect(unanswered).toHaveLength(1);
    });

    it('does without a family that never was answered, and says so', async () => {
      dns.failFamily('AAAA', rcodes.REFUSED);
      dns.set(name, ['127.0.0.11']);
      const { addresses, lines, unanswered } = await discovery().discover();
      expect(addresses.map(({ ip }) => ip)).toEqual(['127.0.0.11']);
      expect(unanswered).toEqual([]);
      expect(lines[0]?.stale).toBeUndefined();
      expect(lines[0]?.reason).toContain('AAAA question');
    });

    it('does not take it for "no pods" when the other lists none', async () => {
      dns.failFamily('A', rcodes.SERVFAIL);
      const { lines, unanswered } = await discovery().discover();
      expect(unanswered).toHaveLength(1);
      expect(lines[0]?.reason).toContain('A question');
      expect(lines[0]?.reason).not.toContain('lists no pod');
    });
  });

  it.each(['refused', 'silent'] as const)(
    'has no partial list when an answer was truncated and TCP is %s',
    async (tcp) => {
      const cutOff = await startDnsServer({ tcp });
      cutOff.set(
        name,
        Array.from({ length: 60 }, (_, index) => `127.0.1.${index + 1}`),
      );
      const startedAt = performance.now();
      const { addresses, lines, unanswered } = await createHeadlessDns({
        services: [parseService(urlOf(name))],
        ranges,
        servers: [cutOff.address],
      }).discover();
      await cutOff.close();
      expect(addresses).toEqual([]);
      expect(unanswered).toHaveLength(1);
      expect(lines[0]?.reason).toContain('DNS gave no answer');
      expect(performance.now() - startedAt).toBeLessThan(4_000);
    },
  );

  it('answers within seconds when the server is silent', async () => {
    dns.silent(true);
    const startedAt = performance.now();
    await discovery().discover();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('joined discoveries', () => {
  it('share one look among events that come together', async () => {
    let nowMs = 0;
    dns.set(name, ['127.0.0.11']);
    const joined = joinDiscoveries(
      [createHeadlessDns({ services: [parseService(urlOf(name))], ranges, servers: [dns.address] })],
      { reuseMs: 1_000, now: () => nowMs },
    );
    await Promise.all([joined.discover(), joined.discover()]);
    expect(dns.questions).toHaveLength(2);
    nowMs = 1_000;
    await joined.discover();
    expect(dns.questions).toHaveLength(4);
  });
});
