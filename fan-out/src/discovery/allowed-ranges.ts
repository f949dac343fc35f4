import ipaddr from 'ipaddr.js';
import { limits } from '../limits.ts';

/** Ranges in CIDR form that a pod may be in. */
export type AllowedRanges = {
  /** Sorts addresses into allowed ones, in canonical spelling and each once, and forbidden ones. */
  sort(addresses: readonly string[]): { allowed: string[]; forbidden: string[] };
};

export const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

export class InvalidRange extends Error {
  override name = 'InvalidRange';
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Nothing that answers at these is a pod. */
const never = new Set(['unspecified', 'multicast', 'broadcast']);
/** A wide range such as 0.0.0.0/0 does not mean these; they count only where a range inside them is listed. */
const onlyWhenListed = new Set(['loopback', 'linkLocal', 'reserved']);

/** @throws {InvalidRange} naming the range that is not in CIDR form */
export function createAllowedRanges(cidrs: readonly string[] = privateRanges): AllowedRanges {
  const ranges = cidrs.map(parseRange);
  return {
    sort(addresses) {
      const allowed = new Set<string>();
      const forbidden = new Set<string>();
      for (const text of addresses) {
        if (!ipaddr.isValid(text)) {
          forbidden.add(text);
          continue;
        }
        const address = ipaddr.process(text);
        (isAllowed(address, ranges) ? allowed : forbidden).add(address.toString());
      }
      return { allowed: [...allowed], forbidden: [...forbidden] };
    },
  };
}

/** A sentence that names what was left out, and what to do; undefined when nothing was. */
export function forbiddenReason(forbidden: readonly string[]): string | undefined {
  if (forbidden.length === 0) return undefined;
  const named = forbidden.slice(0, limits.addressesNamedInReason).join(', ');
  const more = forbidden.length - limits.addressesNamedInReason;
  return (
    `Left out ${forbidden.length === 1 ? 'an address' : `${forbidden.length} addresses`} outside the allowed ` +
    `pod ranges: ${named}${more > 0 ? ` and ${more} more` : ''}. If pods run there, add the range to EVERYPOD_POD_CIDRS.`
  );
}

/** The one spelling of an address, by which two are compared; what is no address stays as it is. */
export function canonical(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

function parseRange(cidr: string): [Address, number] {
  try {
    return ipaddr.parseCIDR(cidr);
  } catch {
    throw new InvalidRange(`"${cidr}" is not a range in CIDR form, such as 10.0.0.0/8 or fd00::/8.`);
  }
}

function isAllowed(address: Address, ranges: ReadonlyArray<[Address, number]>): boolean {
  const kind = address.range();
  if (never.has(kind)) return false;
  return ranges.some(([network, bits]) => {
    if (network.kind() !== address.kind() || !address.match([network, bits])) return false;
    return !onlyWhenListed.has(kind) || network.range() === kind;
  });
}
