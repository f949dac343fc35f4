import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterThisTest } from '../harness.ts';
import type { Version } from './version.ts';

/** A pod of a version, served over HTTP and probed as kubelet does. */
export type ServedPod = {
  name: string;
  told: string[];
  log: string[];
  /** What was posted to it, oldest first, with what protocol its sender says it speaks. */
  posted: { protocol: string | undefined; message: Record<string, unknown> }[];
};

export async function servePod(
  { createPodOf, createProcessClock, newPodState }: Version,
  {
    name,
    ip,
    port,
    environment,
    builtAt = null,
  }: {
    name: string;
    ip: string;
    port: number;
    environment: Record<string, string>;
    builtAt?: string | null;
  },
): Promise<ServedPod> {
  const pod: ServedPod = { name, told: [], log: [], posted: [] };
  const clock = createProcessClock();
  const state = newPodState({ bornAtMs: clock.monotonicMs() });
  const routes = createPodOf(
    {
      invalidator: { path: (path) => void pod.told.push(path), tag: (tag) => void pod.told.push(`#${tag}`) },
      build: () => ({ builtAt, basePath: '' }),
    },
    {
      state: () => state,
      environment: { POD_IP: ip, POD_NAME: name, EVERYPOD_SETTLE_SECONDS: '1', ...environment },
      log: (_, message) => void pod.log.push(message),
      nowMs: Date.now,
      clock,
    },
  );
  const server = createServer(async (incoming, outgoing) => {
    const request = await asRequest(incoming);
    if (request.method === 'POST') {
      const protocol = request.headers.get('everypod-protocol') ?? undefined;
      pod.posted.push({ protocol, message: await request.clone().json() });
    }
    const response = await routes.revalidate(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  await once(server.listen(port, ip), 'listening');
  const probe = setInterval(() => void routes.ready(new Request(`http://${ip}:${port}/siteapi/ready`)), 200);
  afterThisTest(async () => {
    clearInterval(probe);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return pod;
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const method = incoming.method ?? 'GET';
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers: incoming.headers as Record<string, string>,
    ...(method === 'POST' && { body: Buffer.concat(chunks) }),
  });
}
