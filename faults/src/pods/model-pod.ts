import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSecrets, sign } from '@everypod/contract';
import { getRequestListener } from '@hono/node-server';
import { newPodState, type PodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { limits } from '../limits.ts';
import { createOriginClient } from '../origin/client.ts';
import { createSite, slowPage } from '../origin/site.ts';
import type { Random } from '../seed/random.ts';
import { type Front, openFront } from '../wire/front.ts';
import type { Birth } from './commands.ts';
import { createGuardedCache } from './guarded-cache.ts';
import { createIsrCache } from './isr-cache.ts';
import { createTopicStates } from './topic-states.ts';

/** The real pod, as the package mounts it, before a model of Next.js's cache, at an address of its own. */
export type ModelPod = {
  instance: string;
  front: Front;
  environment: Record<string, string>;
  setSkewMs(skewMs: number): void;
  close(): Promise<void>;
};

type Options = {
  birth: Birth;
  host: string;
  chronicle: Chronicle;
  random: Random;
  overheard: (push: Buffer) => void;
};

export async function startModelPod({
  birth,
  host,
  chronicle,
  random,
  overheard,
}: Options): Promise<ModelPod> {
  const { ip, port, name, secretFile } = birth;
  let { skewMs } = birth;
  const nowMs = () => Date.now() + skewMs;
  const state = newPodState();
  const { instance } = state;
  const environment: Record<string, string> = {
    EVERYPOD_BRIDGE_URL: birth.bridgeUrl,
    EVERYPOD_POD_SECRET_FILE: secretFile,
    POD_IP: ip,
    POD_NAME: name,
    ...birth.environment,
  };
  chronicle.note({
    what: 'born',
    ip,
    pod: name,
    instance,
    host,
    contentFrom: birth.contentFrom,
    logs: true,
    guarded: birth.guarded,
    shorterMs: birth.guarded ? limits.settlingDelayMs - birth.longRenderMs : 0,
  });

  const origin = createOriginClient(birth.originUrl, birth.longRenderMs);
  const { pages, states } = createSite(birth.articles);
  const applied = (keys: string[]) => chronicle.note({ what: 'applied', instance, keys });
  const content = { baked: birth.baked, fetchVersion: origin.version, applied };
  const flags = createTopicStates({ ...content, states, topics: state.topics });
  const createCache = birth.guarded ? createGuardedCache : createIsrCache;
  const cache = createCache({
    ...content,
    pages,
    rendering: (path) => sleep(path === slowPage ? birth.longRenderMs : renderMs(random, birth.longRenderMs)),
    unheard: (keys) => chronicle.note({ what: 'unheard', instance, keys }),
  });
  const pod = createPodOf(
    {
      invalidator: cache.invalidator,
      // As after() does: in a context of its own, from which invalidations are heard until the work ends.
      background: (work) => void setImmediate(() => void cache.duringRequest(work).catch(() => {})),
      guarding: () => cache.guard && { guard: cache.guard, whole: true },
      build: () => ({ builtAt: birth.builtAt, basePath: '' }),
    },
    {
      state: () => state,
      environment,
      nowMs,
      log: (level, message) => console.log(JSON.stringify({ level, pod: name, instance, message })),
    },
  );

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/siteapi/revalidate') return cache.duringRequest(() => pod.revalidate(request));
    if (pathname === '/siteapi/ready')
      return withStanding(await cache.duringRequest(() => pod.ready(request)), state);
    if (pathname === '/copies') {
      const paths = searchParams.getAll('path');
      const read = await Promise.all(
        paths.map((path) => flags.read(path) ?? cache.read(path).catch(() => null)),
      );
      const versions = Object.fromEntries(
        paths.map((path, index) => [path, read[index]]).filter(([, it]) => it),
      );
      return Response.json({ versions, instance });
    }
    return new Response(null, { status: 404 });
  }

  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  const signer = (id: string, body: string | Uint8Array) => {
    try {
      return { ...sign(parseSecrets(readFileSync(secretFile, 'utf8')), id, nowMs(), body) };
    } catch {
      return {};
    }
  };
  const front = await openFront({ ip, port, server, signer, overheard });
  return {
    instance,
    front,
    environment,
    setSkewMs: (next) => {
      skewMs = next;
    },
    async close() {
      chronicle.note({ what: 'died', instance });
      await front.close();
      server.closeAllConnections();
    },
  };
}

/** Kubelet is told no more than ready or not; whoever judges the pod needs to know which life has got how far. */
async function withStanding(
  answer: Response,
  { instance, cursor, settled, readyBy }: PodState,
): Promise<Response> {
  const standing = { pod: { instance }, cursor, settled, readyBy };
  return Response.json({ ...(await answer.json()), ...standing }, { status: answer.status });
}

/** Most pages take a moment; a few take as long as the settling pass must wait for. */
function renderMs(random: Random, longMs: number): number {
  return random.chance(0.02) ? random.whole(Math.floor(longMs / 4), longMs) : random.whole(2, 40);
}
