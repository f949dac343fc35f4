import { networkInterfaces } from 'node:os';

/** This machine's first address that others can reach, for a pod that was not told its POD_IP. */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
