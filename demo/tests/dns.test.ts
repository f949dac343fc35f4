import { Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../fan-out/tests/free-port.ts';
import { startDns } from '../src/dns/dns.ts';

const service = 'nextjs-headless.myapp.svc.cluster.local';
let ready: string[];
let resolver: Resolver;
let stop: () => Promise<void>;

beforeEach(async () => {
  const port = await freePort();
  ready = ['127.0.0.11', '127.0.0.12'];
  stop = await startDns({ ip: '127.0.0.1', port, service, addresses: () => ready });
  resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
});

afterEach(() => stop());

describe('the name of the headless Service', () => {
  it('has one A record per ready pod, with the TTL of a stock cluster', async () => {
    expect(await resolver.resolve4(`${service}.`, { ttl: true })).toEqual([
      { address: '127.0.0.11', ttl: 30 },
      { address: '127.0.0.12', ttl: 30 },
    ]);
  });

  it('is the same in capitals', async () => {
    expect(await resolver.resolve4(service.toUpperCase())).toHaveLength(2);
  });

  it('changes with the pods that are ready', async () => {
    ready = ['127.0.0.13'];
    expect(await resolver.resolve4(service)).toEqual(['127.0.0.13']);
  });

  it('does not exist while no pod is ready', async () => {
    ready = [];
    await expect(resolver.resolve4(service)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('exists without IPv6 addresses', async () => {
    await expect(resolver.resolve6(service)).rejects.toMatchObject({ code: 'ENODATA' });
  });

  it('has every pod in its answer, by TCP where UDP is too small', async () => {
    ready = Array.from({ length: 60 }, (_, index) => `127.0.1.${index + 1}`);
    expect(await resolver.resolve4(service)).toEqual(ready);
  });
});

it.each(['nextjs-headless', 'other.myapp.svc.cluster.local', `x.${service}`, 'example.org'])(
  '%s is not known',
  async (name) => {
    await expect(resolver.resolve4(`${name}.`)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  },
);

it('a port that is busy is an error', async () => {
  const port = await freePort();
  const options = { ip: '127.0.0.1', port, service, addresses: () => [] };
  const stopFirst = await startDns(options);
  await expect(startDns(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await stopFirst();
});
