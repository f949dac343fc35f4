import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getBody, outboxAcceptedSchema, parseSecrets, sign, signAnswer, verify } from '@everypod/contract';
import { secret as senderSecret } from '../harness.ts';

/** The two outbox routes of a WordPress site on loopback, as the plugin has them. */
export type TestWordPress = {
  url: string;
  /** What waits, oldest first. */
  waiting: Array<{ id: string; body: string }>;
  /** `GET /path` of every request. */
  requests: string[];
  /** What it answers when it is told what was accepted. */
  answersAccepted: (ids: string[]) => unknown;
  /** Adds to an answer before it is signed. */
  extend: (answer: unknown) => unknown;
  /** Signs as 0.1.0 does, whatever a question asks for. */
  isFormer: boolean;
  /** Requests whose signature did not hold. */
  untrusted: number;
  /** Takes requests out of the plugin's hands; null gives them back. */
  /** Sends a question back as it came, with its own signature, where this says so. */
  mirror(which: (url: string) => boolean): void;
  misbehave(how: ((request: IncomingMessage, response: ServerResponse) => void) | null): void;
  close(): Promise<void>;
};

type Options = {
  secret?: string;
  isFormer?: boolean;
  permalinks?: 'pretty' | 'plain';
  home?: string;
  /** The path that is left once something in front of WordPress has changed it. */
  seenAs?: (path: string) => string;
};

export async function startWordPress({
  secret = senderSecret,
  isFormer = false,
  permalinks = 'pretty',
  home = '/',
  seenAs = (path) => path,
}: Options = {}): Promise<TestWordPress> {
  const secrets = parseSecrets(secret);
  const root = home + (permalinks === 'pretty' ? 'wp-json' : '?rest_route=');
  const outbox = `${root}/everypod/v1/outbox`;
  let mirrors = (_url: string) => false;
  let how: Parameters<TestWordPress['misbehave']>[0] = null;

  const site: TestWordPress = {
    url: '',
    waiting: [],
    requests: [],
    answersAccepted: (ids) => ({ ids }),
    extend: (answer) => answer,
    isFormer,
    untrusted: 0,
    mirror: (which) => {
      mirrors = which;
    },
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
    if (mirrors(url)) {
      const signed = Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-'));
      const asked = method === 'GET' ? getBody(url) : Buffer.concat(chunks);
      return void response.writeHead(200, Object.fromEntries(signed) as Record<string, string>).end(asked);
    }
    if (url !== outbox && url !== `${outbox}/accepted`) return void response.writeHead(404).end('<html>');
    const body = method === 'GET' ? getBody(seenAs(url)) : Buffer.concat(chunks);
    const headers = new Headers(request.headers as Record<string, string>);
    const trust = verify(secrets, headers, body, Date.now());
    if (!trust.trusted) {
      site.untrusted += 1;
      return void response
        .writeHead(401)
        .end(JSON.stringify({ code: 'everypod_not_signed', message: 'No.', data: { status: 401 } }));
    }
    const said = method === 'GET' ? { events: site.waiting.slice(0, 50) } : accept(body);
    const answer = JSON.stringify(site.extend(said));
    const { id } = trust;
    const signed = site.isFormer
      ? sign(secrets, id, Date.now(), answer)
      : signAnswer(secrets, { id, headers }, Date.now(), answer);
    response.writeHead(200, { ...signed }).end(answer);
  });

  function accept(body: string | Buffer) {
    const { ids } = outboxAcceptedSchema.parse(JSON.parse(body.toString()));
    site.waiting = site.waiting.filter(({ id }) => !ids.includes(id));
    return site.answersAccepted(ids);
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${home}`;
  return site;
}
