import { Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DnsFault, type NameServer, startNameServer } from '../../src/dns/server.ts';

const service = 'pods.faults.svc.cluster.local';
const ip = '127.63.0.2';
let server: NameServer;
let ready: string[];

beforeEach(async () => {
  ready = ['127.63.1.1', '127.63.1.2'];
  server = await startNameServer({
    ip,
    port: 20_000 + Math.floor(Math.random() * 20_000),
    service,
    addresses: () => ready,
    nobody: (count) =>
      Array.from({ length: count }, (_, index) => `127.63.${2 + (index >> 8)}.${index & 255}`),
    hanging: (count) => Array.from({ length: count }, (_, index) => `127.63.9.${1 + index}`),
  });
});
afterEach(() => server.stop());

function ask(name = service): Promise<string[]> {
  // A thousand answers over TCP take a busy machine some hundred milliseconds.
  const resolver = new Resolver({ timeout: 1_500, tries: 1 });
  resolver.setServers([server.address]);
  return resolver.resolve4(`${name}.`).catch((error: NodeJS.ErrnoException) => [String(error.code)]);
}

describe('The name server', () => {
  it('lists the ready pods', async () => {
    expect(await ask()).toEqual(ready);
  });

  it('knows no other name, and no name without a ready pod', async () => {
    expect(await ask('other.example')).toEqual(['ENOTFOUND']);
    ready = [];
    expect(await ask()).toEqual(['ENOTFOUND']);
  });

  it('lists more pods than fit into a datagram', async () => {
    ready = Array.from({ length: 60 }, (_, index) => `127.63.1.${index + 1}`);
    expect(await ask()).toHaveLength(60);
  });

  it.each<[DnsFault, string]>([
    ['SERVFAIL', 'ESERVFAIL'],
    ['NXDOMAIN', 'ENOTFOUND'],
    ['time-out', 'ETIMEOUT'],
  ])('can answer with %s', async (fault, code) => {
    server.begin(fault);
    expect(await ask()).toEqual([code]);
  });

  it('can cut the answer short and refuse TCP', async () => {
    server.begin('truncated, TCP refused');
    expect((await ask())[0]).toMatch(/^E/);
  });

  it('can go on listing who was there before', async () => {
    await ask();
    server.begin('stale');
    ready = ['127.63.1.9'];
    expect(await ask()).toEqual(['127.63.1.1', '127.63.1.2']);
  });

  it.each<[DnsFault, (listed: string[]) => void]>([
    ['duplicated', (listed) => expect(listed).toHaveLength(6)],
    ['a thousand answers', (listed) => expect(listed).toHaveLength(1_000)],
    ['forbidden addresses', (listed) => expect(listed).toContain('169.254.169.254')],
  ])('can list wrong addresses: %s', async (fault, holds) => {
    server.begin(fault);
    holds(await ask());
  });

  it('A10 can list many that hang or refuse before the ready pods', async () => {
    server.begin('many that hang or refuse');
    const listed = await ask();
    expect(listed).toHaveLength(82);
    expect(listed.slice(-2)).toEqual(ready);
  });
});
