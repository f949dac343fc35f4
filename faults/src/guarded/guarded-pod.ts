import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProcessClock } from '../../../pod/src/clock.ts';
import { guardInUse } from '../../../pod/src/guard/guard.ts';
import { type Entry, guard, type Handler, type Value } from '../../../pod/src/guard/handler.ts';
import type { Pod } from '../../../pod/src/pod.ts';
import { newPodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';

/** The real pod and the real guard before a cache that forgets nothing by itself, in a model of how Next.js calls them. */
export type GuardedPod = Pod & {
  /** What the page says: from the cache, from a render that another visitor waits for, or made now. */
  read(page: string): Promise<number>;
};

type Options = {
  environment: Record<string, string>;
  /** What the content is now. */
  versionOf: (page: string) => number;
  renderMs: () => number;
};

export function createGuardedPod({ environment, versionOf, renderMs }: Options): GuardedPod {
  const stored = new Map<string, Entry>();
  class Store implements Handler {
    async get(key: string) {
      return stored.get(key) ?? null;
    }
    async set(key: string, value: Value | null) {
      stored.set(key, { value, lastModified: Date.now() });
    }
    async revalidateTag() {}
  }
  const Guarded = guard(Store);
  const context = { kind: 'APP_PAGE', cacheControl: { revalidate: false as const } };
  const underWay = new Map<string, Promise<number>>();
  const request = new AsyncLocalStorage<string[]>();
  const hear = (tag: string) => void request.getStore()?.push(tag);

  async function answer(page: string): Promise<number> {
    const handler = new Guarded({ dev: false });
    const entry = await handler.get(page, context);
    if (entry !== null) return Number(entry.value?.version);
    const version = versionOf(page);
    await sleep(renderMs());
    const headers = { 'x-next-cache-tags': page };
    await handler.set(page, { kind: 'APP_PAGE', version, headers }, context);
    return version;
  }

  const state = newPodState();
  const pod = createPodOf(
    {
      invalidator: { path: hear, tag: hear },
      background: (work) => void setImmediate(() => void work()),
      guarding: () => {
        const inUse = guardInUse();
        return inUse && { guard: inUse, whole: true };
      },
    },
    { state: () => state, environment, log: () => undefined, nowMs: Date.now, clock: createProcessClock() },
  );

  /** The framework hears of all that a request has invalidated as its handler returns. */
  async function asRequest(handle: () => Promise<Response>): Promise<Response> {
    const tags: string[] = [];
    const response = await request.run(tags, handle);
    if (tags.length > 0) await new Guarded({ dev: false }).revalidateTag(tags.splice(0));
    return response;
  }

  return {
    revalidate: (message) => asRequest(() => pod.revalidate(message)),
    ready: (probe) => asRequest(() => pod.ready(probe)),
    read(page) {
      // Whoever comes while it is made waits for that, and asks no cache.
      const answered = underWay.get(page) ?? answer(page).finally(() => underWay.delete(page));
      underWay.set(page, answered);
      return answered;
    },
  };
}
