import { setTimeout as delay } from 'node:timers/promises';
import type { Pod } from '../system/addresses.ts';
import { limits } from './limits.ts';

/** What a visitor was given; `status` 0 is no answer. */
export type Visited = { place: string; status: number; ms: number };

/** On each pod somebody who asks, by GET and HEAD in turn, for pages that it has to ask WordPress for. */
export function startVisitors(pods: readonly Pod[]) {
  const visited: Visited[] = [];
  const end = new AbortController();
  const visit = async (pod: Pod) => {
    for (let page = 0; !end.signal.aborted; page += 1) {
      const method = page % 2 === 0 ? 'GET' : 'HEAD';
      const path = `/nobody-wrote-${page}`;
      const beganAtMs = performance.now();
      const signal = AbortSignal.timeout(limits.pageMs);
      const status = await fetch(`${pod.url}${path}`, { method, signal }).then(
        async (answer) => {
          await answer.text();
          return answer.status;
        },
        () => 0,
      );
      visited.push({ place: `${method} ${pod.name}${path}`, status, ms: performance.now() - beganAtMs });
      await delay(limits.visitPauseMs, undefined, { signal: end.signal }).catch(() => {});
    }
  };
  const all = Promise.all(pods.map(visit));
  return {
    visited,
    async stop() {
      end.abort();
      await all;
    },
  };
}
