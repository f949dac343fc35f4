import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pipeline } from '../src/outbound.ts';

const ip = '127.63.8.1';
let server: Server;
let port = 0;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/last') answer.shouldKeepAlive = false;
    answer.end();
  });
  await once(server.listen(0, ip), 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => server.close());

it('A4 sends requests behind each other on one connection, as they are spelled', async () => {
  const text = ['/%6detrics', '/a/../b', '/last']
    .map((path) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`)
    .join('');
  const answered = await pipeline({ ip, port, text, deadlineMs: 2_000 });
  expect(answered.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  expect(asked).toEqual(['GET /%6detrics', 'GET /a/../b', 'GET /last']);
});

it('A4 hangs up in the middle of an upload', async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  server.on('connection', (socket) => socket.on('close', () => resolve()));
  const text = 'POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{';
  expect(await pipeline({ ip, port, text, hangUp: true, deadlineMs: 2_000 })).toBe('');
  await aborted;
});
