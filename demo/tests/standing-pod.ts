import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StandingPod = { name: string; ip: string; url: string; close(): Promise<void> };

/** A real HTTP server where a pod would be. */
export async function standingPod(
  name: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<StandingPod> {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    name,
    ip: '127.0.0.1',
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
