import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux, macOS and Windows give to outgoing connections: a port from among those may be
 * somebody's connection by the time it is listened on. And between those that faults and the demo's tests name.
 */
const lowest = 20_480;
const highest = 28_671;
const triesAtMost = 100;

/** A port that nothing used a moment ago, over TCP or UDP. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const port = randomInt(lowest, highest + 1);
    if ((await isFreeOverTcp(port, host)) && (await isFreeOverUdp(port, host))) return port;
  }
  throw new Error(`None of ${triesAtMost} ports was free.`);
}

async function isFreeOverTcp(port: number, host: string): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
  } catch {
    return false;
  }
  await new Promise((resolve) => probe.close(resolve));
  return true;
}

async function isFreeOverUdp(port: number, host: string): Promise<boolean> {
  const probe = createSocket('udp4');
  probe.bind(port, host);
  try {
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
