import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { podSecret, startPod } from './surroundings/pod.ts';

const run = promisify(execFile);
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('A3 the command of the README is answered with how the pod stands', async () => {
  const program = /node -e '\n(.*?)'\n```/s.exec(readme)?.[1] ?? '';
  const pod = startPod();
  const server = createServer(async ({ url, headers }, response) => {
    const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const answer = await pod.ready(new Request(`http://pod${url}`, { headers: given }));
    response.writeHead(answer.status).end(await answer.text());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const env = {
      NODE_ENV: 'test' as const,
      EVERYPOD_POD_SECRET: podSecret,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
    };
    const { stdout } = await run(process.execPath, ['-e', program], { env });
    expect(JSON.parse(stdout)).toMatchObject({ ready: true, pod: { name: 'nextjs-a' }, cursor: null });
  } finally {
    server.close();
  }
});
