import { createServer, type IncomingMessage } from 'node:http';
import {
  getBody,
  limits,
  type Outbox,
  type OutboxAcceptedAnswer,
  outboxAcceptedSchema,
  type Secret,
  signAnswer,
  verify,
} from '@everypod/contract';
import type { Row } from './outbox.ts';

type Options = {
  ip: string;
  port: number;
  secrets: () => Secret[];
  nowMs: () => number;
  waiting: () => Row[];
  /** Told of each event that a bridge has fetched and accepted. */
  accepted: (id: string) => void;
};

/** The routes that WordPress has for a bridge: what waits in the outbox, and which of it the bridge now has. */
export function serveOutbox({ ip, port, secrets, nowMs, waiting, accepted }: Options): void {
  const server = createServer(async (request, answer) => {
    const raw = await rawBody(request);
    const path = request.url ?? '';
    const asked = request.method === 'GET' ? Buffer.from(getBody(path)) : raw;
    const verified = verify(secrets(), headersOf(request), asked, nowMs());
    const said = verified.trusted ? answerTo(path, raw) : null;
    if (!verified.trusted || said === null) return void answer.writeHead(verified.trusted ? 404 : 401).end();
    answer.writeHead(200, {
      'content-type': 'application/json',
      ...signAnswer(secrets(), { id: verified.id, headers: headersOf(request) }, nowMs(), said),
    });
    answer.end(said);
  });

  function answerTo(path: string, raw: Buffer): string | null {
    if (path === '/wp-json/everypod/v1/outbox') {
      const events = waiting().slice(0, limits.outboxEvents);
      const outbox: Outbox = { events: events.map(({ id, body }) => ({ id, body })) };
      return JSON.stringify(outbox);
    }
    if (path === '/wp-json/everypod/v1/outbox/accepted') {
      const answer: OutboxAcceptedAnswer = outboxAcceptedSchema.parse(JSON.parse(raw.toString('utf8')));
      for (const id of answer.ids) accepted(id);
      return JSON.stringify(answer);
    }
    return null;
  }

  server.listen(port, ip);
}

function headersOf({ headers }: IncomingMessage): Headers {
  return new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));
}

async function rawBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
