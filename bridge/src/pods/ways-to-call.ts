import { type AllowedRanges, type PodAddress, podAddress, type Service } from '@everypod/fan-out';

/** How to call pods that DNS does not list. */
export type WaysToCall = {
  /** Takes note of where DNS lists pods; forgets pods that it doesn't list and that nobody remembers. */
  listed(addresses: readonly PodAddress[], isRemembered: (ip: string) => boolean): void;
  /** A pod answered there. */
  answered(address: PodAddress): void;
  /** Another pod has this address now. */
  forget(ip: string): void;
  /** Where it was last listed or has answered; else one way per Service, of which one may be right. */
  of(ip: string): { addresses: PodAddress[]; guessed: boolean };
};

export function createWaysToCall(services: readonly Service[], ranges: AllowedRanges): WaysToCall {
  const known = new Map<string, PodAddress[]>();
  const pushed = services.filter(({ kind }) => kind !== 'plain');
  const named = pushed.filter(({ fixed }) => !fixed);

  /** None outside the allowed ranges. */
  function guess(ip: string): PodAddress[] {
    const [allowed] = ranges.sort([ip]).allowed;
    if (allowed === undefined) return [];
    const ways = (named.length > 0 ? named : pushed).map((service) => podAddress(service, allowed));
    return [...new Map(ways.map((address) => [address.key, address])).values()];
  }

  return {
    listed(addresses, isRemembered) {
      const listed = Map.groupBy(addresses, ({ ip }) => ip);
      for (const ip of known.keys()) if (!listed.has(ip) && !isRemembered(ip)) known.delete(ip);
      for (const [ip, there] of listed) known.set(ip, there);
    },
    answered(address) {
      const before = known.get(address.ip) ?? [];
      if (before.every(({ key }) => key !== address.key)) known.set(address.ip, [...before, address]);
    },
    forget: (ip) => void known.delete(ip),
    of(ip) {
      const addresses = known.get(ip);
      return addresses ? { addresses, guessed: false } : { addresses: guess(ip), guessed: true };
    },
  };
}
