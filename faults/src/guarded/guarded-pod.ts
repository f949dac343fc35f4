import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { createProcessClock } from '../../../pod/src/clock.ts';
import { guardInUse } from '../../../pod/src/guard/guard.ts';
import { guard } from '../../../pod/src/guard/handler.ts';
import type { Entry, Handler, Value } from '../../../pod/src/guard/next-cache.ts';
import type { Pod } from '../../../pod/src/pod.ts';
import { newPodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';

/**
 * The real pod and the real guard before a cache that forgets nothing by itself, in a model of how Next.js calls them, and
 * behind a server of its own, on which it visits itself.
 */
export type GuardedPod = Pod & {
  url: string;
  /** What the page says: from the cache, from a render that another visitor waits for, or made now. */
  read(page: string): Promise<number>;
};

type Options = {
  environment: Record<string, string>;
  /** What the content is now. */
  versionOf: (page: string) => number;
  /** Where it comes from. */
  contentOrigin: string;
  /** Pages whose content lies in the fetch cache, with no tag. */
  isUntagged: (page: string) => boolean;
  renderMs: () => number;
};

export async function startGuardedPod({
  environment,
  versionOf,
  contentOrigin,
  isUntagged,
  renderMs,
}: Options): Promise<GuardedPod> {
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
    const version = isUntagged(page) ? await fetched(page, handler) : versionOf(page);
    await sleep(renderMs());
    const headers = { 'x-next-cache-tags': page };
    await handler.set(page, { kind: 'APP_PAGE', version, headers }, context);
    return version;
  }

  /** As Next.js answers a render's fetch from its cache, and keeps what it had to ask for. */
  async function fetched(page: string, handler: Handler): Promise<number> {
    const fetchUrl = contentOrigin + page;
    const found = await handler.get(fetchUrl, { kind: 'FETCH', fetchUrl, tags: [], softTags: [page] });
    if (found !== null) return Number(found.value?.version);
    const version = versionOf(page);
    await handler.set(fetchUrl, { kind: 'FETCH', version }, { fetchCache: true, fetchUrl, tags: [] });
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

  function read(page: string) {
    // Whoever comes while it is made waits for that, and asks no cache.
    const answered = underWay.get(page) ?? answer(page).finally(() => underWay.delete(page));
    underWay.set(page, answered);
    return answered;
  }

  async function serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/siteapi/revalidate') return asRequest(() => pod.revalidate(request));
    return new Response(`version:${await read(pathname)}`);
  }

  const server = createServer(getRequestListener(serve, { overrideGlobalObjects: false }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    revalidate: (message) => asRequest(() => pod.revalidate(message)),
    ready: (probe) => asRequest(() => pod.ready(probe)),
    read,
  };
}
