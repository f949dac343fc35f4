import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { z } from 'zod';
import { newPodState } from '../../../pod/src/state.ts';
import { createPodOf } from '../../../pod/src/wiring.ts';
import { tellListening } from '../programs/told.ts';
import { loopbackAddress } from './addresses.ts';
import { plainAnswer } from './plain.ts';

const settings = z
  .object({
    BENCH_PODS: z.coerce.number().int().min(1),
    BENCH_POD_SECRET: z.string(),
    BENCH_BRIDGE_URL: z.string().default(''),
  })
  .parse(process.env);

let port = 0;
const urls: string[] = [];
for (let index = 0; index < settings.BENCH_PODS; index += 1) {
  const ip = loopbackAddress(index);
  const server = await listen(ip, port, podListener(ip, `pod-${index}`));
  port = (server.address() as AddressInfo).port;
  urls.push(`http://${ip}:${port}`);
}
tellListening(urls);

/** The real handler before a framework that forgets at once, and beside it the route that people write by hand. */
function podListener(ip: string, name: string): RequestListener {
  const state = newPodState();
  const builtAt = new Date().toISOString();
  const pod = createPodOf(
    { invalidator: { path: () => {}, tag: () => {} }, build: () => ({ builtAt, basePath: '' }) },
    {
      state: () => state,
      environment: {
        EVERYPOD_BRIDGE_URL: settings.BENCH_BRIDGE_URL,
        EVERYPOD_POD_SECRET: settings.BENCH_POD_SECRET,
        POD_IP: ip,
        POD_NAME: name,
      },
      nowMs: Date.now,
      log: () => {},
    },
  );
  return getRequestListener(
    async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/siteapi/ready') return pod.ready(request);
      if (pathname === '/plain-ready') return Response.json({ ready: true });
      if (pathname === '/siteapi/revalidate' && request.method === 'POST') {
        return closedWhenAsked(await pod.revalidate(request), searchParams);
      }
      return closedWhenAsked(plainAnswer(searchParams, settings.BENCH_POD_SECRET), searchParams);
    },
    { overrideGlobalObjects: false },
  );
}

/** Between two saves a Next.js pod closes idle connections; a bench that calls again at once asks for that. */
function closedWhenAsked(response: Response, query: URLSearchParams): Response {
  if (query.has('close')) response.headers.set('connection', 'close');
  return response;
}

async function listen(ip: string, at: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(at, ip, resolve);
  await promise;
  return server;
}
