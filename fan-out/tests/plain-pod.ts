import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real pod that has the write-up's route and nothing else: `GET …?secret=&slug=&fanout=`. */
export type PlainPod = {
  ip: string;
  port: number;
  /** What it was told, oldest first. */
  slugs: string[];
  /** Of every call: its method, path and what `fanout` said. */
  calls: Array<{ method: string; path: string; fanout: string | null }>;
  secret: string;
  /** Takes answers out of the route's hands; null gives them back. */
  misbehave(how: ((response: ServerResponse, slug: string) => void) | null): void;
  close(): Promise<void>;
};

type Options = { secret: string; ip?: string; port?: number };

export async function startPlainPod({ secret, ip = '127.0.0.1', port = 0 }: Options): Promise<PlainPod> {
  let how: ((response: ServerResponse, slug: string) => void) | null = null;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://pod');
    const query = url.searchParams;
    const slug = query.get('slug') ?? '';
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    pod.calls.push({ method: request.method ?? '', path: url.pathname, fanout: query.get('fanout') });
    if (how) how(response, slug);
    else if (query.get('secret') !== pod.secret) answer(401, { ok: false });
    else if (slug === '') answer(400, { ok: false });
    else {
      pod.slugs.push(slug);
      answer(200, { ok: true, pod: ip, fanout: query.has('fanout') });
    }
  });
  const pod: PlainPod = {
    ip,
    port: 0,
    slugs: [],
    calls: [],
    secret,
    misbehave: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await once(server.listen(port, ip), 'listening');
  pod.port = (server.address() as AddressInfo).port;
  return pod;
}
