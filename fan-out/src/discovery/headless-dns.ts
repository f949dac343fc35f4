import { Resolver } from 'node:dns/promises';
import type { DiscoveryLine } from '@everypod/contract';
import { limits } from '../limits.ts';
import { type AllowedRanges, forbiddenReason } from './allowed-ranges.ts';
import type { Discovery } from './discovery.ts';
import { type PodAddress, podAddress, type Service } from './service.ts';

type HeadlessDnsOptions = {
  services: readonly Service[];
  ranges: AllowedRanges;
  /** `ip` or `ip:port`; the system's when empty. */
  servers?: readonly string[];
  lastGoodMs?: number;
  now?: () => number;
};

type Found = { kind: 'found'; ips: string[]; note?: string } | { kind: 'no-answer'; code: string };
type Looked = { service: Service; answered: boolean; addresses: PodAddress[]; line: DiscoveryLine };
type LastGood = { ips: string[]; at: number };

/** Codes by which DNS says "no such name" or "no such record": an answer, and it is zero pods. */
const emptyAnswers = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks DNS for the A and AAAA records of every headless Service, all at once. */
export function createHeadlessDns({
  services,
  ranges,
  servers = [],
  lastGoodMs = limits.lastGoodMs,
  now = Date.now,
}: HeadlessDnsOptions): Discovery {
  const lastGood = new Map<Service, LastGood>();

  function resolver(): Resolver {
    // A new one each time, so that a server that was replaced is not asked on an old socket.
    const made = new Resolver({ timeout: limits.dnsTimeoutMs, tries: limits.dnsTries });
    if (servers.length > 0) made.setServers(servers);
    return made;
  }

  async function lookUp(service: Service): Promise<Looked> {
    const startedAt = now();
    const found = await resolveBoth(resolver(), service.hostname);
    const { ips, stale, why } = settle(service, found);
    const { allowed, forbidden } = ranges.sort(ips);
    const reason = [why, forbiddenReason(forbidden)].filter((part) => part !== undefined).join(' ');
    return {
      service,
      answered: found.kind === 'found',
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

  function settle(
    service: Service,
    found: Found,
  ): { ips: string[]; stale: boolean; why: string | undefined } {
    if (found.kind === 'found') {
      lastGood.set(service, { ips: found.ips, at: now() });
      const none = found.ips.length === 0;
      return { ips: found.ips, stale: false, why: none ? noPods(service) : found.note };
    }
    const good = lastGood.get(service);
    const ageMs = good ? now() - good.at : Number.POSITIVE_INFINITY;
    const failure = `DNS gave no answer for ${service.hostname} (${found.code}).`;
    if (good && ageMs <= lastGoodMs) {
      const seconds = Math.round(ageMs / 1000);
      return { ips: good.ips, stale: true, why: `${failure} The addresses of ${seconds} s ago were used.` };
    }
    return {
      ips: [],
      stale: false,
      why: `${failure} Check that the bridge reaches its DNS server over UDP and TCP.`,
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

function noPods(service: Service): string {
  return `DNS lists no pod under ${service.hostname}. Is a pod ready, and is this the headless Service's full name?`;
}

async function resolveBoth(resolver: Resolver, hostname: string): Promise<Found> {
  // The trailing dot keeps search domains out (FACTS: DNS and Kubernetes).
  const name = `${hostname}.`;
  const [four, six] = await Promise.all([
    resolver.resolve4(name).then(found, failed),
    resolver.resolve6(name).then(found, failed),
  ]);
  if (four.kind === 'found' && six.kind === 'found') return found([...four.ips, ...six.ips]);
  const failure = four.kind === 'no-answer' ? four : six.kind === 'no-answer' ? six : { code: '' };
  const ips = [four, six].flatMap((half) => (half.kind === 'found' ? half.ips : []));
  // One family may be broken for good where only the other is in use.
  if (ips.length > 0) {
    const family = four.kind === 'no-answer' ? 'A' : 'AAAA';
    return { kind: 'found', ips, note: `DNS gave no answer to the ${family} question (${failure.code}).` };
  }
  return { kind: 'no-answer', code: failure.code };
}

function found(ips: string[]): Found {
  return { kind: 'found', ips };
}

function failed(error: NodeJS.ErrnoException): Found {
  const code = error.code ?? error.message;
  return emptyAnswers.has(code) ? found([]) : { kind: 'no-answer', code };
}
