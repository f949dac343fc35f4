import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A content server: it answers with what it had when it was asked, as late as it is told to. */
export async function startOrigin(delayMs: () => number) {
  const contents = new Map<string, string>();
  const asked = new Map<string, number>();
  let refusing = false;
  const keys = new Map<string, string | readonly string[]>();
  let onlyWhereAsked = false;
  const held = new Map<string, Promise<void>>();
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (refusing) return void response.destroy();
    const content = contents.get(name) ?? '0';
    asked.set(name, (asked.get(name) ?? 0) + 1);
    const named = keys.get(name);
    const isTold = !onlyWhereAsked || request.headers['x-everypod-keys'] === 'asked';
    if (named !== undefined && isTold) response.setHeader('x-everypod-keys', named);
    const answer = () => setTimeout(() => response.end(content), delayMs());
    void (held.get(name) ?? Promise.resolve()).then(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    publish: (name: string, content: string) => void contents.set(name, content),
    /** Says from now on what its answer of this name was made of, as WordPress does. */
    names: (name: string, header: string | readonly string[]) => void keys.set(name, header),
    /** Says it to who asks for it alone, until it says it to everybody again. */
    namesWhereAsked(only: boolean) {
      onlyWhereAsked = only;
    },
    /** Answers nobody with what it has, until it does again. */
    refuse(all: boolean) {
      refusing = all;
    },
    /** How often it was asked for something. */
    asked: (name: string) => asked.get(name) ?? 0,
    /** Holds all answers of a name back, until what is returned is called. */
    hold(name: string): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(name, promise);
      return () => {
        held.delete(name);
        resolve();
      };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
