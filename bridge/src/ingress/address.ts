import type { HttpBindings } from '@hono/node-server';

/** What every route's handler is given beside the request: node:http's own objects. */
export type Edge = { Bindings: HttpBindings };

/** The one spelling in which routes are served: there is nothing to decode in it, and no way around. */
const literal = /^\/[A-Za-z0-9/_-]*(?=\?|$)/;

/**
 * The path for the router, as it was sent: `/%6detrics` and `/a/../metrics` are not `/metrics`, whatever a URL parser
 * makes of them. Empty, which is no route, for every other spelling.
 */
export function literalPath(_request: Request, options?: { env?: HttpBindings }): string {
  return literal.exec(options?.env?.incoming.url ?? '')?.[0] ?? '';
}
