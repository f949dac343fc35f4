import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterThisTest } from '../harness.ts';

/** One address that leads to whichever server is the primary. */
export async function startProxy(port: number): Promise<{ port: number; leadTo(port: number): void }> {
  let primary = port;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
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
  };
}
