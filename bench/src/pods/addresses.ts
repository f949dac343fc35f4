/** Loopback is a whole network on Linux: every pod gets an address of its own, all the same port. */
export function loopbackAddress(index: number): string {
  return `127.77.${Math.floor(index / 250)}.${(index % 250) + 1}`;
}
