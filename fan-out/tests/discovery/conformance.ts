import { discoveryLineSchema } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { createAllowedRanges } from '../../src/discovery/allowed-ranges.ts';
import type { Discovery } from '../../src/discovery/discovery.ts';
import type { AllowedRanges } from '../../src/index.ts';

/** Makes a discovery of one service whose pods are at these addresses. */
export type MakeDiscovery = (ips: readonly string[], ranges: AllowedRanges) => Promise<Discovery>;

const loopback = createAllowedRanges(['127.0.0.0/8', '::1/128']);
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`);

/** What every discovery has to do. */
export function discoveryConforms(name: string, make: MakeDiscovery) {
  describe(`${name} as a discovery`, () => {
    it.each([
      { what: 'one IPv4 address', ips: ['127.0.0.11'] },
      { what: 'an IPv6 address', ips: ['::1'] },
      { what: 'both families', ips: ['127.0.0.11', '::1'] },
      { what: 'more than fit one datagram, none cut off', ips: many(60) },
      { what: 'a thousand addresses', ips: many(1_000) },
    ])('finds $what', async ({ ips }) => {
      const { addresses, unanswered } = await (await make(ips, loopback)).discover();
      expect(addresses.map(({ ip }) => ip).sort()).toEqual([...ips].sort());
      expect(unanswered).toEqual([]);
    });

    it('finds an address once, however often it is listed', async () => {
      const { addresses } = await (await make(['127.0.0.11', '127.0.0.11'], loopback)).discover();
      expect(addresses).toHaveLength(1);
    });

    it('counts in its lines what it found', async () => {
      const { lines } = await (await make(['127.0.0.11', '127.0.0.12'], loopback)).discover();
      for (const line of lines) expect(discoveryLineSchema.parse(line)).toEqual(line);
      expect(lines.reduce((sum, { addresses }) => sum + addresses, 0)).toBe(2);
    });

    it('leaves out forbidden addresses and names each in a reason', async () => {
      const discovery = await make(['127.0.0.11', '169.254.169.254', '10.1.2.3'], loopback);
      const { addresses, lines } = await discovery.discover();
      expect(addresses.map(({ ip }) => ip)).toEqual(['127.0.0.11']);
      const reasons = lines.map(({ reason }) => reason ?? '').join(' ');
      expect(reasons).toContain('169.254.169.254');
      expect(reasons).toContain('10.1.2.3');
      expect(reasons).toContain('EVERYPOD_POD_CIDRS');
    });

    it('gives each way to call a pod one key', async () => {
      const discovery = await make(['127.0.0.11', '127.0.0.12'], loopback);
      const [first, again] = [await discovery.discover(), await discovery.discover()];
      const keys = first.addresses.map(({ key }) => key);
      expect(new Set(keys).size).toBe(2);
      expect(again.addresses.map(({ key }) => key).sort()).toEqual([...keys].sort());
    });
  });
}
