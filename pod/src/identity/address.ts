import { networkInterfaces } from 'node:os';

/** This machine's first address that others can reach, for a pod that was not told its POD_IP. */
export function ownAddress(interfaces = networkInterfaces()): string {
  const addresses = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  const first = addresses.find(({ family }) => family === 'IPv4') ?? addresses[0];
  return first?.address ?? '127.0.0.1';
}
