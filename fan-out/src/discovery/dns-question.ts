import { Resolver } from 'node:dns/promises';
import { limits } from '../limits.ts';

export type Family = 'A' | 'AAAA';

/** What DNS said to one question. An empty list is an answer. */
export type DnsAnswer = { kind: 'found'; ips: string[] } | { kind: 'no-answer'; code: string };

/** Asks for every record of one family. Truncated answers are asked for again over TCP; a partial list never counts. */
export type AskDns = (family: Family, hostname: string) => Promise<DnsAnswer>;

/** Codes by which DNS says "no such name" or "no such record": an answer, and it is zero pods. */
const emptyAnswers = new Set(['ENOTFOUND', 'ENODATA']);

/** @param servers `ip` or `ip:port`; the system's when empty */
export function createAskDns(servers: readonly string[]): AskDns {
  return async (family, hostname) => {
    // A new one each time, so that a server that was replaced is not asked on an old socket.
    const resolver = new Resolver({ timeout: limits.dnsTimeoutMs, tries: limits.dnsTries });
    // The trailing dot keeps search domains out (docs/facts.md).
    const name = `${hostname}.`;
    const overall = setTimeout(() => resolver.cancel(), limits.dnsOverallMs);
    try {
      if (servers.length > 0) resolver.setServers(servers);
      const ips = await (family === 'A' ? resolver.resolve4(name) : resolver.resolve6(name));
      return { kind: 'found', ips };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return emptyAnswers.has(code) ? { kind: 'found', ips: [] } : { kind: 'no-answer', code };
    } finally {
      clearTimeout(overall);
    }
  };
}
