import { describe, expect, it } from 'vitest';
import { createAllowedRanges, InvalidRange, privateRanges } from '../../src/discovery/allowed-ranges.ts';

describe('allowed ranges', () => {
  it.each([
    { address: '10.1.2.3', cidrs: privateRanges, allowed: true },
    { address: '172.31.255.255', cidrs: privateRanges, allowed: true },
    { address: '100.64.0.1', cidrs: privateRanges, allowed: true },
    { address: 'fd00::12', cidrs: privateRanges, allowed: true },
    { address: '::ffff:10.1.2.3', cidrs: privateRanges, allowed: true },
    { address: '172.32.0.1', cidrs: privateRanges, allowed: false },
    { address: '8.8.8.8', cidrs: privateRanges, allowed: false },
    { address: '127.0.0.1', cidrs: privateRanges, allowed: false },
    { address: '::1', cidrs: privateRanges, allowed: false },
    { address: '::ffff:127.0.0.1', cidrs: privateRanges, allowed: false },
    { address: '169.254.169.254', cidrs: privateRanges, allowed: false },
    { address: '0.0.0.0', cidrs: privateRanges, allowed: false },
    { address: '224.0.0.1', cidrs: privateRanges, allowed: false },
    { address: '8.8.8.8', cidrs: ['0.0.0.0/0'], allowed: true },
    { address: '127.0.0.1', cidrs: ['0.0.0.0/0'], allowed: false },
    { address: '169.254.169.254', cidrs: ['0.0.0.0/0'], allowed: false },
    { address: '0.0.0.0', cidrs: ['0.0.0.0/0', '0.0.0.0/8'], allowed: false },
    { address: '255.255.255.255', cidrs: ['0.0.0.0/0'], allowed: false },
    { address: 'fe80::1', cidrs: ['::/0'], allowed: false },
    { address: '2001:4860:4860::8888', cidrs: ['::/0'], allowed: true },
    { address: '127.0.0.11', cidrs: ['127.0.0.0/8'], allowed: true },
    { address: '169.254.1.1', cidrs: ['169.254.0.0/16'], allowed: true },
    { address: '10.0.0.1', cidrs: ['fc00::/7'], allowed: false },
    { address: 'not an address', cidrs: ['0.0.0.0/0'], allowed: false },
  ])('$cidrs: $address is allowed: $allowed', ({ address, cidrs, allowed }) => {
    const sorted = createAllowedRanges(cidrs).sort([address]);
    expect(sorted.allowed).toHaveLength(allowed ? 1 : 0);
    expect(sorted.forbidden).toHaveLength(allowed ? 0 : 1);
  });

  it('spells one address one way', () => {
    const { allowed } = createAllowedRanges().sort([
      'fd00:0:0::12',
      'FD00::12',
      '10.0.0.1',
      '::ffff:10.0.0.1',
    ]);
    expect(allowed).toEqual(['fd00::12', '10.0.0.1']);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'nonsense', ''])('refuses "%s" as a range', (cidr) => {
    expect(() => createAllowedRanges([cidr])).toThrow(InvalidRange);
  });
});
