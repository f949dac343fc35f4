import { expect, it } from 'vitest';
import { call } from '../../src/outbound.ts';
import { openHanging } from '../../src/wire/open-hanging.ts';

it('A10 addresses that hang take a connection, answer nothing, and are gone once closed', async () => {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const ips = ['127.63.7.1', '127.63.7.2'];
  const ask = () => Promise.all(ips.map((ip) => call({ url: `http://${ip}:${port}/`, deadlineMs: 200 })));
  const close = await openHanging(ips, port);
  expect((await ask()).map(({ reason }) => reason)).toEqual(['deadline', 'deadline']);
  await close();
  expect((await ask()).map(({ reason }) => reason)).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
});
