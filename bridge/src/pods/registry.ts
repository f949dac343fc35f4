import { isIP } from 'node:net';
import type { Cursor, HowSettled, Keyless, PodIdentity, WithoutBridge } from '@everypod/contract';
import { covers, type Discovered, type PodAddress } from '@everypod/fan-out';
import type { Limits } from '../limits.ts';
import type { WaysToCall } from './ways-to-call.ts';

/** What a pod said about itself, in an answer to a push or when it asked for catch-up. */
export type PodNews = HowSettled & {
  pod: PodIdentity;
  cursor: Cursor | null;
  settled: Cursor | null;
  builtAt: string | null;
  /** The journal's epoch at that time. */
  epoch: string;
  by: 'push' | 'catch-up';
  withoutBridge?: WithoutBridge | undefined;
};

export type KnownPod = {
  pod: PodIdentity;
  cursor: Cursor | null;
  settled: Cursor | null;
  builtAt: string | null;
  lastSeenAt: number;
  live: boolean;
  /** Whether it said last that it gives former pages, for want of their content. */
  keeps: boolean;
  /** Why it has heard no keys; undefined where it has, or has not said so. */
  keyless: Keyless | undefined;
};

/** A pod that asked for catch-up within the lease and that DNS does not list, or not yet. */
export type Unlisted = {
  address: PodAddress;
  /** Who should be there, where one pod is tried at several addresses; else empty until it has said so. */
  instance: string;
  /** True when DNS had listed it, and then said that it doesn't. */
  leftService: boolean;
};

/** Every pod seen, by address: the latest life at each. */
export type Pods = {
  /** Of `ageMs` ago. False when a later life of the pod is known at that address. */
  heard(news: PodNews, ageMs?: number): boolean;
  /** A pod answered at this address. */
  answered(address: PodAddress): void;
  /** Takes note of who is in DNS now; plain pods have no cursor and never ask, so they are nobody here. */
  listed(discovered: Discovered): void;
  /** Null when the pod said it has none; undefined when it has not been heard of. */
  cursorAt(ip: string): Cursor | null | undefined;
  nameAt(ip: string): string | undefined;
  /** Addresses that DNS lists as ready for a whole lease, and from which nobody has ever asked for catch-up. */
  neverAsked(): string[];
  unlisted(): Unlisted[];
  all(): KnownPod[];
};

type Options = {
  limits: Limits;
  /** The clock that people read. */
  now: () => number;
  /** What is older, and whose lease is over, goes by a clock that nobody sets. */
  monotonicMs: () => number;
  waysToCall: WaysToCall;
};

/** Its times are monotonic. */
type Entry = Omit<KnownPod, 'live'> & {
  /** When this life was first heard of; the first one of an address, when that was listed. */
  bornAt: number;
  askedAt: number | null;
  /** When DNS was first found without it, after it had been listed. */
  leftDnsAt: number | null;
};

export function createPods({ limits, now, monotonicMs, waysToCall }: Options): Pods {
  // Insertion order is the order of last being seen.
  const byIp = new Map<string, Entry>();
  let inDns = new Set<string>();
  /** Since when DNS lists an address of a Service that lists ready pods only. */
  const readySince = new Map<string, number>();

  function remember(entry: Entry) {
    byIp.delete(entry.pod.ip);
    byIp.set(entry.pod.ip, entry);
    for (const [ip, { lastSeenAt }] of byIp) {
      if (byIp.size <= limits.podsRemembered && lastSeenAt >= monotonicMs() - limits.podMemoryMs) break;
      byIp.delete(ip);
    }
  }

  /** A pod that has left the Service counts again once it asks again. */
  function withinLease({ askedAt, leftDnsAt }: Entry): boolean {
    if (askedAt === null || monotonicMs() - askedAt > limits.leaseMs) return false;
    return leftDnsAt === null || askedAt > leftDnsAt;
  }

  const hasAsked = (ip: string) => (byIp.get(ip)?.askedAt ?? null) !== null;

  /** Takes note of since when pods are listed as ready. A Service for which DNS gave no answer may still list them. */
  function listedAsReady({ addresses, unanswered }: Discovered) {
    const ready = addresses.filter(({ service }) => !service.fixed && !service.listsNotReady);
    const ips = new Set(ready.map(({ ip }) => ip));
    for (const ip of readySince.keys()) if (!ips.has(ip) && unanswered.length === 0) readySince.delete(ip);
    for (const ip of ips) if (!readySince.has(ip)) readySince.set(ip, monotonicMs());
  }

  return {
    heard({ pod, cursor, settled, builtAt, epoch, by, keeps = false, keyless }, ageMs = 0) {
      const at = monotonicMs() - ageMs;
      const before = byIp.get(pod.ip);
      const sameLife = before?.pod.instance === pod.instance ? before : undefined;
      if (before && !sameLife && before.lastSeenAt > at) return false;
      // Where none was heard of before, nothing speaks of an earlier one that was listed in its stead.
      const listedAt = before === undefined ? readySince.get(pod.ip) : undefined;
      if (before && before.pod.name !== pod.name) waysToCall.forget(pod.ip);
      remember({
        pod,
        cursor: furthest(sameLife?.cursor, cursor, epoch),
        settled: furthest(sameLife?.settled, settled, epoch),
        builtAt,
        keeps,
        keyless,
        lastSeenAt: Math.max(at, sameLife?.lastSeenAt ?? at),
        bornAt: sameLife?.bornAt ?? listedAt ?? at,
        askedAt: by === 'catch-up' ? Math.max(at, sameLife?.askedAt ?? at) : (sameLife?.askedAt ?? null),
        leftDnsAt: sameLife?.leftDnsAt ?? null,
      });
      return true;
    },
    answered: waysToCall.answered,
    listed(all) {
      const discovered = withoutPlain(all);
      const { addresses, unanswered } = discovered;
      listedAsReady(discovered);
      waysToCall.listed(addresses, (ip) => byIp.has(ip));
      const before = inDns;
      inDns = new Set(addresses.map(({ ip }) => ip));
      for (const [ip, entry] of byIp) {
        if (inDns.has(ip)) entry.leftDnsAt = null;
        else if (before.has(ip) && unanswered.length === 0) entry.leftDnsAt = monotonicMs();
      }
    },
    cursorAt: (ip) => byIp.get(ip)?.cursor,
    nameAt: (ip) => byIp.get(ip)?.pod.name,
    neverAsked() {
      // One that asks under an address that DNS has never listed may be one of those.
      if (
        [...byIp.values()].some(
          (entry) => !inDns.has(entry.pod.ip) && entry.leftDnsAt === null && withinLease(entry),
        )
      )
        return [];
      const ips = [...readySince.keys()];
      // A pod with an IPv4 and an IPv6 address asks under one of them.
      const families = new Set(ips.filter(hasAsked).map(isIP));
      if (families.size === 0) families.add(Math.min(...ips.map(isIP)));
      const leaseAgo = monotonicMs() - limits.leaseMs;
      return ips.filter((ip) => {
        const since = Math.max(readySince.get(ip) ?? 0, byIp.get(ip)?.bornAt ?? 0);
        return families.has(isIP(ip)) && !hasAsked(ip) && since < leaseAgo;
      });
    },
    unlisted() {
      const live = [...byIp.values()].filter((entry) => !inDns.has(entry.pod.ip) && withinLease(entry));
      return live.flatMap(({ pod, leftDnsAt }) => {
        const { addresses, guessed } = waysToCall.of(pod.ip);
        const instance = guessed ? pod.instance : '';
        return addresses.map((address) => ({ address, instance, leftService: leftDnsAt !== null }));
      });
    },
    all() {
      const aheadMs = now() - monotonicMs();
      return [...byIp.values()].map((entry) => ({
        pod: entry.pod,
        cursor: entry.cursor,
        settled: entry.settled,
        builtAt: entry.builtAt,
        lastSeenAt: Math.round(entry.lastSeenAt + aheadMs),
        live: inDns.has(entry.pod.ip) || withinLease(entry),
        keeps: entry.keeps,
        keyless: entry.keyless,
      }));
    },
  };
}

function withoutPlain({ addresses, unanswered, ...rest }: Discovered): Discovered {
  return {
    ...rest,
    addresses: addresses.filter(({ service }) => service.kind !== 'plain'),
    unanswered: unanswered.filter(({ kind }) => kind !== 'plain'),
  };
}

/** Messages of one life may arrive out of order; a cursor never goes back within one epoch. */
function furthest(before: Cursor | null | undefined, said: Cursor | null, epoch: string): Cursor | null {
  if (before && said && covers(before, epoch, said.seq) && said.epoch === epoch) return before;
  if (before && !said && before.epoch === epoch) return before;
  return said;
}
