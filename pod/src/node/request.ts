import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** What was before us on the way may have left: Express the whole address, a body parser what it has read. */
export type NodeRequest = IncomingMessage & { originalUrl?: unknown; rawBody?: unknown; body?: unknown };

/** `unreadable` says why no request could be made of it, in a sentence for whoever wired the server. */
export type WebRequest =
  | { kind: 'request'; request: Request }
  | { kind: 'malformed'; reason: string }
  | { kind: 'unreadable'; reason: string };

/** A signature covers the raw bytes, which a parsed body no longer has. */
const readBefore =
  'The body of this request was read before Everypod could read it, and its signature is over the raw bytes. ' +
  'Mount Everypod before every body parser, or keep the bytes in request.rawBody (docs/other-state.md shows how).';

/** A web Request of node's own, with its body as raw as it came. Reads nothing of it yet. */
export function toWebRequest(incoming: NodeRequest): WebRequest {
  const address = typeof incoming.originalUrl === 'string' ? incoming.originalUrl : (incoming.url ?? '/');
  if (!address.startsWith('/')) return { kind: 'malformed', reason: 'The address does not begin with /.' };
  const method = incoming.method ?? 'GET';
  const bodiless = method === 'GET' || method === 'HEAD';
  const kept = bodiless ? null : keptBytes(incoming);
  if (!bodiless && kept === null && incoming.readableDidRead) {
    return { kind: 'unreadable', reason: readBefore };
  }
  try {
    // The host is the sender's word and means nothing here; some of its forms no URL takes.
    const request = new Request(`http://pod${address}`, {
      method,
      headers: headersOf(incoming),
      ...(!bodiless && { body: kept ?? (Readable.toWeb(incoming) as ReadableStream), duplex: 'half' }),
    });
    return { kind: 'request', request };
  } catch {
    return { kind: 'malformed', reason: 'The method, the address or a header has a form that is not taken.' };
  }
}

/** What a parser that keeps the bytes has left: `rawBody` by convention, `body` from one that parses nothing. */
function keptBytes({ rawBody, body }: NodeRequest): Uint8Array<ArrayBuffer> | null {
  for (const kept of [rawBody, body]) {
    if (kept instanceof Uint8Array || typeof kept === 'string') return Buffer.from(kept);
  }
  return null;
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    // HTTP/2's method, path and authority stand among the headers.
    if (!name.startsWith(':')) headers.append(name, rawHeaders[at + 1] ?? '');
  }
  return headers;
}
