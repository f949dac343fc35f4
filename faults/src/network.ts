import { createServer } from 'node:net';

/** The addresses of one run, all on loopback; two runs at once use different ones. */
export type Network = {
  podRange: string;
  podPort: number;
  bridgePort: number;
  originIp: string;
  dnsIp: string;
  dnsPort: number;
  serviceIp: string;
  valkeyIp: string;
  valkeyPort: number;
  senderIp: string;
  outboxPort: number;
  impostorIp: string;
  bridgeIp(index: number): string;
  podIp(index: number): string;
  nextIp(index: number): string;
  /** Inside the pods' range; nothing ever listens there. */
  nobody(count: number): string[];
  /** Inside the pods' range; something listens there only for as long as a fault lasts. */
  hanging(count: number): string[];
};

/** Addresses that no other run on this machine uses, for as long as this process lives. @throws when all are taken */
export async function takeNetwork(): Promise<Network> {
  const first = process.pid % lanes;
  for (let offset = 0; offset < lanes; offset += 1) {
    const lane = (first + offset) % lanes;
    if (await lock(lane)) return createNetwork(lane);
  }
  throw new Error(
    `All ${lanes} address ranges are in use by other runs of the fault suite; wait for one to end.`,
  );
}

const lanes = 150;
/** All ports are such that no program listens there on every address, which would keep them from us too. */
const lockPort = 20_415;

/** By listening: the system itself lets go of it when this process ends, however it ends. */
async function lock(lane: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer().unref();
  server.once('error', () => resolve(false));
  server.listen(lockPort, `127.${64 + lane}.250.9`, () => resolve(true));
  return promise;
}

function createNetwork(lane: number): Network {
  const prefix = `127.${64 + lane}`;
  return {
    podRange: `${prefix}.0.0/16`,
    podPort: 20_411,
    bridgePort: 20_412,
    dnsPort: 20_414,
    originIp: `${prefix}.250.1`,
    dnsIp: `${prefix}.250.2`,
    serviceIp: `${prefix}.250.3`,
    valkeyIp: `${prefix}.250.4`,
    valkeyPort: 20_413,
    senderIp: `${prefix}.250.5`,
    outboxPort: 20_416,
    impostorIp: `${prefix}.250.6`,
    bridgeIp: (index) => `${prefix}.251.${1 + index}`,
    nextIp: (index) => `${prefix}.199.${1 + index}`,
    podIp: (index) => `${prefix}.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`,
    hanging: (count) => Array.from({ length: count }, (_, index) => `${prefix}.198.${1 + index}`),
    nobody: (count) =>
      Array.from(
        { length: count },
        (_, index) => `${prefix}.${200 + Math.floor(index / 200)}.${1 + (index % 200)}`,
      ),
  };
}
