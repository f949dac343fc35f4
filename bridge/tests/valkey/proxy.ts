import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterThisTest } from '../harness.ts';

export type Proxy = {
  port: number;
  /** As when the former primary is gone: connections to it end. */
  leadTo(port: number): void;
  /** As a Service does while the former primary goes on running: connections to it stay. */
  leadNewTo(port: number): void;
  /** How many connections were made so far. */
  connections(): number;
};

/** One address that leads to whichever server is the primary. */
export async function startProxy(port: number): Promise<Proxy> {
  let primary = port;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(primary, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  afterThisTest(() => {
    cut();
    server.close();
  });
  return {
    port: address.port,
    leadTo(next) {
      primary = next;
      cut();
    },
    leadNewTo(next) {
      primary = next;
    },
    connections: () => connections,
  };
}
