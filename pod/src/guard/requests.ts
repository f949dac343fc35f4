import { Reads } from '../keys/reads.ts';
import { limitLifetime, type Response } from './brief.ts';
import type { Asked, Makings, ServedAt } from './makings.ts';
import { type Visits, visitHeader } from './visits.ts';

/** The request in which this is called; null where there is none, or where requests cannot be followed. */
export type AskedOf = () => { asked: Asked; prefetch: boolean } | null;

type Request = {
  url?: string;
  headers: Record<string, unknown>;
  socket?: { localAddress?: string; localPort?: number; encrypted?: boolean };
};
type Message = { request: Request; response: Response };

/**
 * Follows each request of this process from its start to the end of its response. Node.js's modules are asked for at run
 * time: Next.js bundles this file for the edge too, where naming one breaks the build.
 */
export function followRequests(makings: Makings, visits: Visits): AskedOf {
  const hooks = builtin('node:async_hooks') as typeof import('node:async_hooks') | undefined;
  const channels = builtin('node:diagnostics_channel') as
    | typeof import('node:diagnostics_channel')
    | undefined;
  if (hooks === undefined || channels === undefined) return () => null;
  const storage = new hooks.AsyncLocalStorage<{ asked: Asked; prefetch: boolean }>();
  channels.subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Message;
    const { headers } = request;
    const asked: Asked = {
      path: request.url ?? '',
      over: null,
      makings: new Set(),
      announcing: {},
      visit: visits.take(headers[visitHeader]),
      at: servedAt(request),
      reads: new Reads(),
      isOld: false,
    };
    limitLifetime(response, () => asked.isOld || makings.mayAnswerOld());
    // Bridges and kubelet call it by names of their own.
    if (asked.visit === null && !asked.path.includes('/siteapi/')) visits.learn(headers);
    const prefetch = headers['next-router-prefetch'] !== undefined || headers.purpose === 'prefetch';
    response.once('close', () => makings.isOver(asked, response.writableFinished ? 'finished' : 'cut off'));
    storage.enterWith({ asked, prefetch });
  });
  return () => storage.getStore() ?? null;
}

/** Null of a server with a certificate of its own, too: it is for the site's name, and not for an address. */
function servedAt({ socket }: Request): ServedAt | null {
  const { localAddress, localPort: port, encrypted = false } = socket ?? {};
  if (localAddress === undefined || port === undefined || encrypted) return null;
  // An IPv4 address, as a server that listens on IPv6 has it.
  return { ip: localAddress.replace(/^::ffff:(?=\d+\.)/i, ''), port };
}

/** Undefined on the edge, and before Node.js 20.16. */
export function builtin(id: string): unknown {
  if (process.env.NEXT_RUNTIME === 'edge') return undefined;
  return process.getBuiltinModule?.(id);
}
