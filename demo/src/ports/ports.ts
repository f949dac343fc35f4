import { limits } from '../limits.ts';
import { Trouble } from '../trouble.ts';
import { type Hold, hold, type Protocol } from './hold.ts';
import { holderOf } from './holder.ts';
import { missingAddress } from './missing-address.ts';

const usualBase = 8880;
const usualPodPort = 3000;
/** A port that is busy moves by this much, past all the demo's others. */
const step = 10;

type Place = { ip: string; protocol: Protocol };
type Service = 'wordpress' | 'bridge' | 'wall' | 'balancer' | 'dns';

const tcp: Place = { ip: '127.0.0.1', protocol: 'tcp' };

/** In the order in which they follow the base. */
const services: { service: Service; words: string; places: Place[] }[] = [
  { service: 'wordpress', words: 'WordPress', places: [tcp] },
  { service: 'bridge', words: 'the bridge', places: [tcp] },
  { service: 'wall', words: 'the wall', places: [tcp] },
  { service: 'balancer', words: 'the balancer', places: [tcp] },
  { service: 'dns', words: 'DNS', places: [tcp, { ...tcp, protocol: 'udp' }] },
];

export type Ports = Record<Service | 'pods', number>;

export type PortChoice = {
  ports: Ports;
  /** Sentences about ports that had to move. */
  moved: string[];
  /** Each port is held until its part starts: building takes long enough for another program to come first. */
  letGo(service: keyof Ports): Promise<void>;
};

/**
 * Chooses a port for each part. One that was asked for and is busy is an error; a usual one that is busy moves.
 * @throws {Trouble} naming the port and, where the machine tells, the program that holds it
 */
export async function choosePorts(options: { base: number | null; podIps: string[] }): Promise<PortChoice> {
  const { base, podIps } = options;
  const moved: string[] = [];
  const held = new Map<keyof Ports, Hold[]>();
  const choose = async (
    service: keyof Ports,
    words: string,
    wanted: number,
    places: Place[],
    asked: boolean,
  ) => {
    const found = await firstFree({ words, wanted, places, asked });
    if (found.port !== wanted) moved.push(`Port ${wanted} is busy, so ${words} moved to ${found.port}.`);
    held.set(service, found.holds);
    return found.port;
  };
  const letGo = async (service: keyof Ports) => {
    await letAllGo(held.get(service) ?? []);
    held.delete(service);
  };
  try {
    const first = base ?? usualBase;
    const chosen: number[] = [];
    for (const [index, { service, words, places }] of services.entries()) {
      chosen.push(await choose(service, words, first + index, places, base !== null));
    }
    const [wordpress = 0, bridge = 0, wall = 0, balancer = 0, dns = 0] = chosen;
    const podPlaces = podIps.map((ip): Place => ({ ip, protocol: 'tcp' }));
    const pods = await choose('pods', 'the pods', usualPodPort, podPlaces, false);
    return { ports: { wordpress, bridge, wall, balancer, dns, pods }, moved, letGo };
  } catch (error) {
    await Promise.all([...held.keys()].map(letGo));
    throw error;
  }
}

type Wanted = { words: string; wanted: number; places: Place[]; asked: boolean };

async function firstFree({ words, wanted, places, asked }: Wanted): Promise<{ port: number; holds: Hold[] }> {
  for (let attempt = 0; attempt < limits.portAttempts; attempt += 1) {
    const port = wanted + attempt * step;
    const found = await holdAll(port, places);
    if ('holds' in found) return { port, holds: found.holds };
    if (asked)
      throw new Trouble(`Port ${port}, which you asked for, can't be used for ${words}: ${found.blocked}`);
  }
  throw new Trouble(`No port from ${wanted} on is free for ${words}. Choose another with --port-base N.`);
}

async function holdAll(port: number, places: Place[]): Promise<{ holds: Hold[] } | { blocked: string }> {
  const holds: Hold[] = [];
  for (const { ip, protocol } of places) {
    const found = await hold(ip, port, protocol);
    if (typeof found === 'object') {
      holds.push(found);
      continue;
    }
    await letAllGo(holds);
    if (found === 'no address') throw new Trouble(missingAddress(places.map((place) => place.ip)));
    if (found === 'forbidden') return { blocked: 'this user may not listen there. Choose one above 1024.' };
    return { blocked: whoToAsk(await holderOf(port, protocol)) };
  }
  return { holds };
}

const letAllGo = (holds: Hold[]) => Promise.all(holds.map((one) => one.letGo()));

function whoToAsk(holder: string | null): string {
  return holder
    ? `${holder} listens there. End it, or choose another with --port-base N.`
    : 'another program listens there, which this machine does not name to you. Ask whoever else uses it, or choose another with --port-base N.';
}
