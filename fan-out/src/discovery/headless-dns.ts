import type { DiscoveryLine } from '@everypod/contract';
import { limits } from '../limits.ts';
import { type AllowedRanges, forbiddenReason } from './allowed-ranges.ts';
import type { Discovery } from './discovery.ts';
import { createAskDns, type Family } from './dns-question.ts';
import { type PodAddress, podAddress, type Service } from './service.ts';

type HeadlessDnsOptions = {
  services: readonly Service[];
  ranges: AllowedRanges;
  /** `ip` or `ip:port`; the system's when empty. */
  servers?: readonly string[];
  lastGoodMs?: number;
  now?: () => number;
};

/** One family's addresses of one service; `code` says why DNS itself did not give them just now. */
type Half = { family: Family; ips: string[]; code?: string; ageMs?: number };
type Looked = { service: Service; answered: boolean; addresses: PodAddress[]; line: DiscoveryLine };
type LastGood = { ips: string[]; at: number };

/** Asks DNS for the A and AAAA records of every headless Service, all at once. */
export function createHeadlessDns({
  services,
  ranges,
  servers = [],
  lastGoodMs = limits.lastGoodMs,
  now = Date.now,
}: HeadlessDnsOptions): Discovery {
  const ask = createAskDns(servers);
  const lastGood = new Map<string, LastGood>();

  /** The family's addresses, or for a bounded time the last good ones. */
  async function half(family: Family, { hostname }: Service): Promise<Half> {
    const question = `${family} ${hostname}`;
    const answer = await ask(family, hostname);
    if (answer.kind === 'found') {
      lastGood.set(question, { ips: answer.ips, at: now() });
      return { family, ips: answer.ips };
    }
    const good = lastGood.get(question);
    const ageMs = good ? now() - good.at : Number.POSITIVE_INFINITY;
    if (!good || ageMs > lastGoodMs) return { family, ips: [], code: answer.code };
    return { family, ips: good.ips, code: answer.code, ageMs };
  }

  async function lookUp(service: Service): Promise<Looked> {
    const startedAt = now();
    const halves = await Promise.all([half('A', service), half('AAAA', service)]);
    const { allowed, forbidden } = ranges.sort(halves.flatMap(({ ips }) => ips));
    const missing = halves.filter(({ code }) => code !== undefined);
    // One family may be broken for good where only the other is in use.
    const oneIsUnused = missing.some(({ ageMs }) => ageMs === undefined) && missing.length < halves.length;
    const answered = missing.length === 0 || (oneIsUnused && allowed.length > 0);
    const stale = missing.some(({ ips }) => ips.length > 0);
    const reasons = [whyMissing(service, missing), forbiddenReason(forbidden)];
    if (missing.length === 0 && allowed.length + forbidden.length === 0) reasons.push(noPods(service));
    const reason = reasons.filter((part) => part !== undefined).join(' ');
    return {
      service,
      answered,
      addresses: allowed.map((ip) => podAddress(service, ip)),
      line: {
        service: service.hostname,
        addresses: allowed.length,
        ms: Math.max(0, Math.round(now() - startedAt)),
        ...(stale ? { stale } : {}),
        ...(reason ? { reason } : {}),
      },
    };
  }

  return {
    async discover() {
      const looked = await Promise.all(services.map(lookUp));
      return {
        addresses: looked.flatMap(({ addresses }) => addresses),
        lines: looked.map(({ line }) => line),
        unanswered: looked.filter(({ answered }) => !answered).map(({ service }) => service),
      };
    },
  };
}

function noPods({ hostname }: Service): string {
  return `DNS lists no pod under ${hostname}. Is a pod ready, and is this the headless Service's full name?`;
}

function whyMissing({ hostname }: Service, missing: readonly Half[]): string | undefined {
  const [first] = missing;
  if (!first) return undefined;
  const question = missing.length === 1 ? ` to the ${first.family} question` : '';
  const failure = `DNS gave no answer${question} for ${hostname} (${first.code}).`;
  const ages = missing.flatMap(({ ips, ageMs }) => (ips.length > 0 && ageMs !== undefined ? [ageMs] : []));
  if (ages.length > 0)
    return `${failure} The addresses of ${Math.round(Math.max(...ages) / 1000)} s ago were used.`;
  return missing.length === 1
    ? failure
    : `${failure} Check that the DNS server can be reached from here over UDP and TCP.`;
}
