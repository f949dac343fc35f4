import { setTimeout as delay } from 'node:timers/promises';
import type { Pods } from '@everypod/contract';
import { createStandings } from '../../demo/src/bridge/standings.ts';
import type { Addresses } from '../system/addresses.ts';
import { limits } from './limits.ts';

/** How far the pods had got at a moment, by what they had told the bridge. */
export type Standing = { atMs: number; pods: Pods['pods'] };

/** Asks the bridge again and again; while it is away there is nothing to note. */
export function watchStandings({ bridge }: Addresses) {
  const standings: Standing[] = [];
  const end = new AbortController();
  const ask = createStandings({ bridgeUrl: bridge.url, secret: bridge.secret });
  const watching = (async () => {
    while (!end.signal.aborted) {
      const told = await ask();
      // Of what it tells, all was so at the end of its answer at the latest.
      if (told !== null) standings.push({ atMs: performance.now(), pods: told.pods });
      await delay(limits.standingsEveryMs, undefined, { signal: end.signal }).catch(() => {});
    }
  })();
  return {
    standings,
    /** Resolves with the moment at which all pods that the bridge counts as live were seen to be so. */
    async until(what: (pod: Pods['pods'][number]) => boolean, withinMs: number): Promise<number | null> {
      const fromMs = performance.now();
      while (performance.now() - fromMs < withinMs) {
        const last = standings.at(-1);
        const live = last?.pods.filter((pod) => pod.live) ?? [];
        if (last !== undefined && last.atMs >= fromMs && live.length > 0 && live.every(what))
          return last.atMs;
        await delay(limits.newAgainMs);
      }
      return null;
    },
    async stop() {
      end.abort();
      await watching;
    },
  };
}

export type Watch = ReturnType<typeof watchStandings>;
