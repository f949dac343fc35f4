import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Edge } from './ingress/address.ts';
import { problemAnswer } from './ingress/problem-answer.ts';
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
  app: Hono<Edge>,
  { host, port }: { host: string; port: number },
  limits: Limits,
): Promise<RunningServer> {
  const requestsOn = new WeakMap<Socket, number>();
  const answer = getRequestListener(app.fetch, { errorHandler: answerWithoutRoute });
  const server = createServer(
    {
      headersTimeout: limits.requestHeadMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleConnectionMs,
      connectionsCheckingInterval: limits.connectionCheckMs,
    },
    (request, response) => {
      const { socket } = request;
      const nth = (requestsOn.get(socket) ?? 0) + 1;
      requestsOn.set(socket, nth);
      // Not Node's maxRequestsPerSocket: it answers 503 to all that come behind, and leaves the connection open.
      if (nth > limits.requestsPerConnection) {
        socket.destroy();
        return;
      }
      // Says `Connection: close`, and does it.
      if (nth === limits.requestsPerConnection) response.shouldKeepAlive = false;
      answer(request, response);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Without a host Node.js listens on IPv4 and IPv6, and on IPv4 alone where the machine knows no IPv6.
    server.listen(host === '::' ? { port } : { port, host }, resolve);
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

/** To what no URL can be made of, and so has come to no route. */
function answerWithoutRoute(error: unknown): Response {
  return error instanceof RequestError
    ? problemAnswer('unknown-route', 'This is no address, or no host.')
    : problemAnswer('internal', "The bridge's log says more. Try again.");
}
