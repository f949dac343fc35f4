import type { Discovery } from '@everypod/fan-out';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Pods } from './registry.ts';

/** Of a pod that DNS lists as ready, and that has not asked in the whole lease since. */
export const neverAskedReason =
  'It is listed as ready and has never asked this bridge for catch-up, so it may serve what is old: does its readiness ' +
  'probe reach /siteapi/ready, and is EVERYPOD_BRIDGE_URL set there? A redirect or a middleware may answer in its place.';

/** Looks at DNS also while there is no event: who is listed for a lease is seen by looking twice. */
export type WatchListed = {
  start(): void;
  stop(): Promise<void>;
};

type Options = { discovery: Discovery; pods: Pods; log: Log; limits: Limits };

export function createWatchListed({ discovery, pods, log, limits }: Options): WatchListed {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const named = new Set<string>();

  async function look() {
    pods.listed(await discovery.discover());
    const silent = pods.neverAsked();
    for (const ip of named) if (!silent.includes(ip)) named.delete(ip);
    for (const ip of silent) {
      if (named.has(ip)) continue;
      named.add(ip);
      log.warn({ ip, pod: pods.nameAt(ip), reason: neverAskedReason }, 'a pod takes traffic without asking');
    }
  }

  function repeat() {
    looking = look()
      .catch((error: unknown) => log.error({ err: error }, 'pods could not be looked for'))
      .finally(() => timer?.refresh());
  }

  return {
    start() {
      timer = setTimeout(repeat, limits.listedLookMs);
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await looking;
    },
  };
}
