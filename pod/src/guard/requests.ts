import { tagForCdn } from '../cdn/answer-tags.ts';
import type { CdnTags } from '../cdn/cdn-tags.ts';
import type { Givers } from '../keys/givers.ts';
import { limitLifetime } from './brief.ts';
import { builtin } from './builtin.ts';
import { listen } from './channels.ts';
import type { Response } from './head.ts';
import { type Asked, type Makings, newAsked, type ServedAt } from './makings.ts';
import { type Visits, visitHeader } from './visits.ts';

/** The request in which this is called; null where there is none, or where requests cannot be followed. */
export type AskedOf = () => { asked: Asked; prefetch: boolean } | null;

type Request = {
  url?: string;
  headers: Record<string, unknown>;
  socket?: { localAddress?: string; localPort?: number; encrypted?: boolean };
};
type Message = { request: Request; response: Response };

/** What is followed with each request, of one pod. */
export type Followed = { makings: Makings; visits: Visits; givers: Givers; cdn: CdnTags };

/**
 * Follows each request of this process from its start to the end of its response. Node.js's modules are asked for at run
 * time: Next.js bundles this file for the edge too, where naming one breaks the build.
 */
export function followRequests({ makings, visits, givers, cdn }: Followed): AskedOf {
  const hooks = builtin('node:async_hooks') as typeof import('node:async_hooks') | undefined;
  if (hooks === undefined) return () => null;
  const storage = new hooks.AsyncLocalStorage<{ asked: Asked; prefetch: boolean }>();
  const begun = ({ request, response }: Message) => {
    const { headers } = request;
    const asked = newAsked({
      path: request.url ?? '',
      visit: visits.take(headers[visitHeader]),
      at: servedAt(request),
      givers,
    });
    limitLifetime(response, () => asked.isOld || makings.mayAnswerOld());
    tagForCdn(response, asked, cdn);
    // Bridges and kubelet call it by names of their own.
    if (asked.visit === null && !asked.path.includes('/siteapi/')) visits.learn(headers);
    const prefetch = headers['next-router-prefetch'] !== undefined || headers.purpose === 'prefetch';
    response.once('close', () => makings.isOver(asked, response.writableFinished ? 'finished' : 'cut off'));
    storage.enterWith({ asked, prefetch });
  };
  listen({ 'http.server.request.start': begun });
  return () => storage.getStore() ?? null;
}

/** Null of a server with a certificate of its own, too: it is for the site's name, and not for an address. */
function servedAt({ socket }: Request): ServedAt | null {
  const { localAddress, localPort: port, encrypted = false } = socket ?? {};
  if (localAddress === undefined || port === undefined || encrypted) return null;
  // An IPv4 address, as a server that listens on IPv6 has it.
  return { ip: localAddress.replace(/^::ffff:(?=\d+\.)/i, ''), port };
}
