import { Resolver } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parseSecrets } from '@everypod/contract';
import {
  canonical,
  createAllowedRanges,
  createFixedList,
  createHeadlessDns,
  type Discovery,
  joinDiscoveries,
  parseService,
  privateRanges,
} from '@everypod/fan-out';
import type { Environment } from './configuration.ts';
import { type LastGood, parseSharedSecret, readSecrets, type SecretsRead } from './secrets.ts';

/** What a pod needs to know so as to tell the others itself. */
export type FanOut = {
  /** Of who sends events to a load balancer in front of the pods; null where none is set. */
  eventSecrets: SecretsRead | null;
  /** The write-up's, which travels in a URL; null where none is set, and such calls are not taken. */
  shared: SecretsRead<string> | null;
  /** Finds all pods, or a sentence why there is no way to. */
  others: { discovery: Discovery } | { trouble: string };
  /** This pod's own address in its one spelling; null where it is not known for sure, and its own answer has to tell. */
  own: string | null;
};

/** What of it one life of a pod remembers. */
export type FanOutKept = {
  eventSecrets: LastGood | null;
  shared: LastGood<string> | null;
  /** It remembers the last good addresses, so it lives as long as the settings that it was made of. */
  discovery: { of: string; discovery: Discovery } | null;
};

export function newFanOutKept(): FanOutKept {
  return { eventSecrets: null, shared: null, discovery: null };
}

/** Reads it as it is now, as {@link readConfiguration} does the rest. */
export function readFanOut(environment: Environment, kept: FanOutKept): FanOut {
  const get = (name: string) => environment[name] || undefined;
  const read = <One>(
    name: string,
    parse: (text: string) => readonly One[],
    lastGood: LastGood<One> | null,
    keep: (good: LastGood<One>) => void,
  ) => {
    const source = { name, file: get(`${name}_FILE`), text: get(name), parse };
    const isSet = source.file !== undefined || source.text !== undefined;
    return isSet ? readSecrets(source, lastGood, keep) : null;
  };
  return {
    eventSecrets: read('EVERYPOD_SECRET', parseSecrets, kept.eventSecrets, (good) => {
      kept.eventSecrets = good;
    }),
    shared: read('REVALIDATE_SECRET', parseSharedSecret, kept.shared, (good) => {
      kept.shared = good;
    }),
    others: othersOf(get, kept),
    own: ownOf(get('POD_IP')),
  };
}

function othersOf(get: (name: string) => string | undefined, kept: FanOutKept): FanOut['others'] {
  const pods = listOf(get('EVERYPOD_PODS'));
  if (pods.length === 0) return { trouble: 'EVERYPOD_PODS is not set on this pod, so it knows of no other.' };
  const cidrs = get('EVERYPOD_POD_CIDRS');
  const servers = listOf(get('EVERYPOD_DNS'));
  const of = JSON.stringify([pods, cidrs, servers]);
  if (kept.discovery?.of === of) return kept.discovery;
  try {
    const services = pods.map(parseService);
    const ranges = createAllowedRanges(cidrs === undefined ? privateRanges : listOf(cidrs));
    // Throws where one is no address, which would otherwise show at the first question.
    if (servers.length > 0) new Resolver().setServers(servers);
    const discovery = joinDiscoveries(
      [
        createFixedList({ services: services.filter(({ fixed }) => fixed), ranges }),
        createHeadlessDns({ services: services.filter(({ fixed }) => !fixed), ranges, servers }),
      ],
      // Each call looks anew: the second look of one is there to see what has changed since its first.
      { reuseMs: 0 },
    );
    kept.discovery = { of, discovery };
    return kept.discovery;
  } catch (error) {
    // Never a default in its place: addresses outside the ranges that somebody meant must not be called.
    const what = error instanceof Error ? error.message.replace(/\.?$/, '.') : String(error);
    return {
      trouble: `EVERYPOD_PODS, EVERYPOD_POD_CIDRS or EVERYPOD_DNS of this pod can't be used. ${what}`,
    };
  }
}

/**
 * Only where this machine really has the address that the pod was told: another pod's would never be called, and one
 * that is listed under a second address would call itself.
 */
function ownOf(told: string | undefined): string | null {
  if (told === undefined || isIP(told) === 0) return null;
  const own = canonical(told);
  const here = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  // All of 127.0.0.0/8 is this machine's.
  const has = own.startsWith('127.') || here.some(({ address }) => canonical(address) === own);
  return has ? own : null;
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
