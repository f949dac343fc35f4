import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getBody, outboxAcceptedSchema, parseSecrets, sign, verify } from '@everypod/contract';
import { secret as senderSecret } from '../harness.ts';

/** The two outbox routes of a WordPress site on loopback, as the plugin has them. */
export type TestWordPress = {
  url: string;
  /** What waits, oldest first. */
  waiting: Array<{ id: string; body: string }>;
  /** `GET /path` of every request. */
  requests: string[];
  /** Requests whose signature did not hold. */
  untrusted: number;
  /** Takes requests out of the plugin's hands; null gives them back. */
  misbehave(how: ((request: IncomingMessage, response: ServerResponse) => void) | null): void;
  close(): Promise<void>;
};

type Options = { secret?: string; permalinks?: 'pretty' | 'plain'; home?: string };

export async function startWordPress({
  secret = senderSecret,
  permalinks = 'pretty',
  home = '/',
}: Options = {}): Promise<TestWordPress> {
  const secrets = parseSecrets(secret);
  const root = home + (permalinks === 'pretty' ? 'wp-json' : '?rest_route=');
  const outbox = `${root}/everypod/v1/outbox`;
  let how: Parameters<TestWordPress['misbehave']>[0] = null;

  const site: TestWordPress = {
    url: '',
    waiting: [],
    requests: [],
    untrusted: 0,
    misbehave: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '' } = request;
    site.requests.push(`${method} ${url}`);
    if (how) return how(request, response);
    if (url !== outbox && url !== `${outbox}/accepted`) return void response.writeHead(404).end('<html>');
    const body = method === 'GET' ? getBody(url) : Buffer.concat(chunks);
    const trust = verify(secrets, new Headers(request.headers as Record<string, string>), body, Date.now());
    if (!trust.trusted) {
      site.untrusted += 1;
      return void response.writeHead(401).end();
    }
    const answer = JSON.stringify(method === 'GET' ? { events: site.waiting.slice(0, 50) } : accept(body));
    response.writeHead(200, { ...sign(secrets, trust.id, Date.now(), answer) }).end(answer);
  });

  function accept(body: string | Buffer) {
    const { ids } = outboxAcceptedSchema.parse(JSON.parse(body.toString()));
    site.waiting = site.waiting.filter(({ id }) => !ids.includes(id));
    return { ids };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${home}`;
  return site;
}
