import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import apiFetch from '@wordpress/api-fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../src/rest/api.ts';

/** As PHP's WP_Error comes over the wire. */
const refusal = (code: string, message: string, status: number) => ({ code, message, data: { status } });

let server: Server;
let next: { status: number; body: unknown };

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(next.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(next.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  apiFetch.use(apiFetch.createRootURLMiddleware(`http://127.0.0.1:${port}/`));
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

const buttons = [
  ['Revalidate now', api.revalidate],
  ['Take down now', api.takeDown],
] as const;

describe.each(buttons)('"%s" of which nothing was sent', (_, ask) => {
  test.each([
    ['everypod_kept_back', 409, 'Nothing was sent. A rule of this site keeps this post from the pods.'],
    ['everypod_not_set_up', 409, 'Nothing was sent. The connection to the bridge is not set up.'],
    ['everypod_no_outbox', 503, "Nothing was sent. The outbox can't be written."],
    ['everypod_too_soon', 429, 'This was used for this post just now. Try again in 3 seconds.'],
  ])('A17 is words for the panel and no delivery: %s', async (code, status, message) => {
    next = { status, body: refusal(code, message, status) };
    expect(await ask(7)).toEqual({ ok: false, failure: { status, code, message } });
  });
});
