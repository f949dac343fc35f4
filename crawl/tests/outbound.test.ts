import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { call } from '../src/outbound.ts';

it('Each call has a connection of its own, which no server can have closed before it', async () => {
  const server = createServer((_, response) => response.end('a page')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const headers of [{}, { cookie: 'a=b' }, new Headers({ cookie: 'a=b' })]) {
    expect(await call(url, { headers, timeoutMs: 5_000 })).toEqual({ status: 200, text: 'a page' });
  }
  expect(connections).toBe(3);
});
