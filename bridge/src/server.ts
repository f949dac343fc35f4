import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Limits } from './limits.ts';

export type RunningServer = {
  port: number;
  /** Takes no new connection; resolves when every request under way was answered. */
  close(): Promise<void>;
  /** Cuts off what is still open. */
  cutOff(): void;
};

/** @throws when the address can't be listened on */
export async function listen(
  app: Hono,
  { host, port }: { host: string; port: number },
  limits: Limits,
): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: limits.requestHeadMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleConnectionMs,
      connectionsCheckingInterval: limits.connectionCheckMs,
    },
  });
  if (!(server instanceof Server)) throw new Error('The adaptor made a server that is not HTTP/1.');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    cutOff: () => server.closeAllConnections(),
  };
}
