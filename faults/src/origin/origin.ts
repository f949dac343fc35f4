import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';
import type { Versions } from './versions.ts';

export type Origin = { url: string; stop(): Promise<void> };

const changeSchema = z.array(z.string());

/** The content's source, as WordPress is one: `GET /version?path=…`, `GET /versions`, `POST /change`. */
export async function startOrigin(options: {
  ip: string;
  port: number;
  versions: Versions;
}): Promise<Origin> {
  const { ip, port, versions } = options;
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '/', 'http://origin');
    const say = (value: unknown) => answer.end(JSON.stringify(value));
    if (url.pathname === '/version') return say(versions.of(url.searchParams.get('path') ?? ''));
    if (url.pathname === '/versions') return say(versions.all());
    if (url.pathname === '/change' && request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      return say(versions.change(changeSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))));
    }
    answer.writeHead(404).end();
  });
  server.listen(port, ip);
  await once(server, 'listening');
  return {
    url: `http://${ip}:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
