import { limits } from '../limits.ts';
import { Trouble } from '../trouble.ts';
import { availability, type Protocol } from './busy.ts';
import { holderOf } from './holder.ts';
import { missingAddress } from './missing-address.ts';

const usualBase = 8880;
const usualPodPort = 3000;

/** In the order in which they follow the base. */
const services = ['wordpress', 'bridge', 'wall', 'balancer', 'dns'] as const;
type Service = (typeof services)[number];

export type Ports = Record<Service, number> & { pods: number };

export type PortChoice = {
  ports: Ports;
  /** Sentences about ports that had to move. */
  moved: string[];
};

const words: Record<Service, string> = {
  wordpress: 'WordPress',
  bridge: 'the bridge',
  wall: 'the wall',
  balancer: 'the balancer',
  dns: 'DNS',
};

/**
 * Chooses a port for each part. One that was asked for and is busy is an error; a usual one that is busy moves.
 * @throws {Trouble} naming the port and, where the machine tells, the program that holds it
 */
export async function choosePorts(options: { base: number | null; podIps: string[] }): Promise<PortChoice> {
  const moved: string[] = [];
  const taken = new Set<number>();
  const choose = async (service: Service): Promise<number> => {
    const wanted = (options.base ?? usualBase) + services.indexOf(service);
    const protocols: Protocol[] = service === 'dns' ? ['udp', 'tcp'] : ['tcp'];
    return firstFree(words[service], wanted, options.base !== null, ['127.0.0.1'], protocols, taken, moved);
  };
  const ports = {
    wordpress: await choose('wordpress'),
    bridge: await choose('bridge'),
    wall: await choose('wall'),
    balancer: await choose('balancer'),
    dns: await choose('dns'),
    pods: await firstFree('the pods', usualPodPort, false, options.podIps, ['tcp'], new Set(), moved),
  };
  return { ports, moved };
}

async function firstFree(
  who: string,
  wanted: number,
  askedFor: boolean,
  ips: string[],
  protocols: Protocol[],
  taken: Set<number>,
  moved: string[],
): Promise<number> {
  for (let port = wanted; port < wanted + limits.portAttempts * 10; port += 10) {
    if (taken.has(port)) continue;
    const blocked = await whyBlocked(port, ips, protocols);
    if (blocked === null) {
      if (port !== wanted) moved.push(`Port ${wanted} is busy, so ${who} moved to ${port}.`);
      taken.add(port);
      return port;
    }
    if (askedFor)
      throw new Trouble(`Port ${port}, which you asked for, can't be used for ${who}: ${blocked}`);
  }
  throw new Trouble(`No port from ${wanted} on is free for ${who}. Choose another with --port-base N.`);
}

async function whyBlocked(port: number, ips: string[], protocols: Protocol[]): Promise<string | null> {
  for (const protocol of protocols) {
    for (const ip of ips) {
      const found = await availability(ip, port, protocol);
      if (found === 'free') continue;
      if (found === 'no address') throw new Trouble(missingAddress(ips));
      if (found === 'forbidden') return 'this user may not listen there. Choose one above 1024.';
      const holder = await holderOf(port, protocol);
      return holder
        ? `${holder} listens there. End it, or choose another with --port-base N.`
        : 'another program listens there, which this machine does not name to you. Ask whoever else uses it, or choose another with --port-base N.';
    }
  }
  return null;
}
