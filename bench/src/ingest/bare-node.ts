import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tellListening } from '../programs/told.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ bytes: body.length }));
  });
});

server.listen(0, '127.0.0.1', () => {
  tellListening([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
});
