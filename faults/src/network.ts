/** The addresses of one run, all on loopback; two runs at once use different ones. */
export type Network = {
  podRange: string;
  podPort: number;
  bridgePort: number;
  originIp: string;
  dnsIp: string;
  frontIp: string;
  bridgeIp(index: number): string;
  podIp(index: number): string;
  nextIp(index: number): string;
  /** Inside the pods' range; nothing ever listens there. */
  nobody(count: number): string[];
};

/** @param lane from 0 to 99 */
export function createNetwork(lane: number): Network {
  const prefix = `127.${64 + lane}`;
  return {
    podRange: `${prefix}.0.0/16`,
    podPort: 3000,
    bridgePort: 8080,
    originIp: `${prefix}.250.1`,
    dnsIp: `${prefix}.250.2`,
    frontIp: `${prefix}.250.3`,
    bridgeIp: (index) => `${prefix}.251.${1 + index}`,
    nextIp: (index) => `${prefix}.199.${1 + index}`,
    podIp: (index) => `${prefix}.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`,
    nobody: (count) =>
      Array.from(
        { length: count },
        (_, index) => `${prefix}.${200 + Math.floor(index / 200)}.${1 + (index % 200)}`,
      ),
  };
}
