import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A build has no test beside it, so it has a content server of its own for one answer, which names a key. */
export async function contentAtBuild(keys: string): Promise<string> {
  const server = createServer((_, response) => response.setHeader('x-everypod-keys', keys).end('0'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = get(`http://127.0.0.1:${port}/`);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += chunk;
  server.close();
  return text;
}
