import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A content server: it answers with what it had when it was asked, after as long as `delayMs` says. */
export async function startOrigin(delayMs: () => number) {
  const contents = new Map<string, string>();
  const server = createServer((request, response) => {
    const content = contents.get((request.url ?? '').slice(1)) ?? '0';
    setTimeout(() => response.end(content), delayMs());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    publish: (name: string, content: string) => void contents.set(name, content),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
