import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemAnswer } from '../answers.ts';
import { consoleLog } from '../log.ts';
import type { Pod } from '../pod.ts';
import { toWebRequest } from './request.ts';

/** A handler of `node:http`, and of whatever hands its request and response on. Never throws. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A pod's two routes for servers that speak node's request and response: `node:http`, Express, Fastify. */
export function toNodeHandlers({ revalidate, ready }: Pod): { revalidate: NodeHandler; ready: NodeHandler } {
  return { revalidate: toNodeHandler(revalidate), ready: toNodeHandler(ready) };
}

function toNodeHandler(handle: (request: Request) => Promise<Response>): NodeHandler {
  return async (incoming, outgoing) => {
    try {
      await write(await answerOf(incoming, handle), incoming, outgoing);
    } catch (error) {
      consoleLog('warn', `A request could not be answered: ${String(error)}`);
      outgoing.destroy();
    }
  };
}

async function answerOf(
  incoming: IncomingMessage,
  handle: (request: Request) => Promise<Response>,
): Promise<Response> {
  const web = toWebRequest(incoming);
  if (web.kind === 'malformed') return problemAnswer('bad-request', web.reason);
  if (web.kind === 'unreadable') {
    consoleLog('warn', web.reason);
    return problemAnswer('internal', web.reason);
  }
  try {
    return await handle(web.request);
  } catch (error) {
    consoleLog('warn', `A request failed: ${String(error)}`);
    return problemAnswer('internal', "The pod's log says more. Try again.");
  }
}

async function write(answer: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  if (outgoing.headersSent || outgoing.destroyed) return;
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  outgoing.setHeader('content-length', body.length);
  // What was not read of the request would stand before the next one; HTTP/2 has no such connections.
  if (!incoming.complete && incoming.httpVersionMajor < 2) outgoing.setHeader('connection', 'close');
  outgoing.statusCode = answer.status;
  outgoing.end(body);
}
