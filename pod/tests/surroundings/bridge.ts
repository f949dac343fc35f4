import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CatchUp,
  type CatchUpAnswer,
  catchUpSchema,
  parseSecret,
  sign,
  signAnswer,
  verify,
} from '@everypod/contract';

/** Answers one verified catch-up, or does something else with it. */
export type Answering = (exchange: {
  question: CatchUp;
  response: ServerResponse;
  /** Signed with the request's own id, or with another one. Bytes are sent as they are. */
  answer: (body: CatchUpAnswer | Buffer, id?: string) => void;
  /** Sends the question back as it came, with its own signature. */
  mirror: () => void;
}) => void;

/** A real server that speaks the bridge's half of the protocol, and does as a test tells it. */
export async function startBridge(secret: string, answering: Answering) {
  const key = parseSecret(secret);
  const questions: CatchUp[] = [];
  const current = { answering, isFormer: false, speaksFirst: false };

  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    const headers = { get: (name: string) => request.headersDistinct[name]?.join(', ') ?? null };
    const verified = verify([key], headers, body, Date.now());
    if (request.method !== 'POST' || request.url !== '/v1/catch-up' || !verified.trusted) {
      response.writeHead(401).end();
      return;
    }
    const question = catchUpSchema.parse(JSON.parse(body));
    questions.push(question);
    const answer = (said: CatchUpAnswer | Buffer, id = verified.id) => {
      const text = Buffer.isBuffer(said) ? said : JSON.stringify(said);
      const signed = current.isFormer
        ? sign([key], id, Date.now(), text)
        : signAnswer([key], { id, headers }, Date.now(), text);
      const { 'everypod-protocol': _, ...ofFirst } = signed;
      response.writeHead(200, current.speaksFirst ? ofFirst : signed).end(text);
    };
    const mirror = () => {
      const signed = Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-'));
      response.writeHead(200, Object.fromEntries(signed) as Record<string, string>).end(body);
    };
    current.answering({ question, response, answer, mirror });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    questions,
    /** Whether it signs as 0.1.0 does from now on, whatever a question asks for. */
    isFormer(isIt: boolean) {
      current.isFormer = isIt;
    },
    /** Whether it says no word of the second protocol from now on. */
    speaksFirst(isIt: boolean) {
      current.speaksFirst = isIt;
    },
    /** From now on. */
    answers(next: Answering) {
      current.answering = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
