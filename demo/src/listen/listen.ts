import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';

/**
 * Serves an app on loopback.
 * @returns the way to stop, which also cuts the connections that are open
 */
export async function listen(app: Pick<Hono, 'fetch'>, port: number): Promise<() => void> {
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(starting));
    starting.once('error', reject);
  });
  return () => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
}
