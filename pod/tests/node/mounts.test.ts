import { request as httpRequest, type IncomingMessage } from 'node:http';
import { limits, newMessageId, parseSecrets, pushAnswerSchema, sign, verify } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterThisTest, event, podSecret, send } from '../../../bridge/tests/harness.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { startFlagWorld, untilItListens } from '../surroundings/flags.ts';
import { installProject, type Project, start } from '../surroundings/installed.ts';

let project: Project;
beforeAll(() => {
  project = installProject(['hono', '@hono/node-server', 'express', 'fastify']);
}, 60_000);
afterAll(() => project.remove());

/** Signs a body as a bridge does, and says whether the answer was signed. */
async function push(url: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const id = newMessageId('push');
  const answer = await fetch(`${url}/siteapi/revalidate`, {
    method: 'POST',
    body: Buffer.from(body),
    headers: {
      'content-type': 'application/json',
      ...sign(parseSecrets(podSecret), id, Date.now(), body),
      ...headers,
    },
  });
  const text = await answer.text();
  const { trusted } = verify(parseSecrets(podSecret), answer.headers, text, Date.now(), id);
  return { status: answer.status, type: answer.headers.get('content-type'), text, trusted };
}

/** Escapes that parsing and writing anew would lose. */
const aPush = '{ "epoch": "epoch-one", "after": 0, "upTo": 1, "targets": [{"topic":"fl\\u0061gs"}] }';

describe.each(['node', 'hono', 'express', 'fastify'])('createPod in %s', (program) => {
  it(`B9 takes a bridge's push, and asks it at its readiness probe (${program})`, async () => {
    const world = await startFlagWorld(project);
    world.set({ dark: false });
    const server = await world.add(11, program);
    expect(await server.held()).toMatchObject({ flags: {}, loadedAt: null });
    await server.untilReady();
    expect(await server.held()).toMatchObject({ flags: { dark: false } });

    world.set({ dark: true });
    const report = await send(world.bridge, event([{ topic: 'flags' }]), { wait: 15 });
    expect(report.pods).toMatchObject([{ ip: '127.0.0.11', name: `${program}-11`, state: 'applied' }]);
    expect(await server.held()).toMatchObject({ flags: { dark: true } });
  });

  it(`B9 answers what it does not take in its own words (${program})`, async () => {
    const world = await startFlagWorld(project);
    world.set({});
    const { url } = await world.add(11, program);

    expect(await push(url, aPush)).toMatchObject({ status: 200, trusted: true });
    const forged = await push(url, aPush, { 'webhook-signature': `v1,${'A'.repeat(43)}=` });
    expect(forged).toMatchObject({ status: 401, type: 'application/problem+json', trusted: false });
    const large = await push(url, Buffer.alloc(limits.pushBodyBytes + 1, ' '));
    expect(large).toMatchObject({ status: 413, type: 'application/problem+json' });
    expect(large.text).toContain(String(limits.pushBodyBytes));
    expect((await push(url, 'not json')).status).toBe(400);
    const deleted = await fetch(`${url}/siteapi/ready`, { method: 'DELETE' });
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(`${url}/siteapi/ready`, { method: 'HEAD' });
    expect([200, 503]).toContain(head.status);
    expect(await head.text()).toBe('');
    expect(await push(url, aPush)).toMatchObject({ status: 200, trusted: true });
  });
});

it.each(['node', 'express', 'fastify'])(
  'B9 one that has sent too much and never ends is told so, and cut off (%s)',
  async (program) => {
    const world = await startFlagWorld(project);
    const { url } = await world.add(11, program);
    const [answered, cutOff] = [Promise.withResolvers<IncomingMessage>(), Promise.withResolvers<void>()];
    const request = httpRequest(
      `${url}/siteapi/revalidate`,
      { method: 'POST', agent: false },
      answered.resolve,
    );
    request.on('error', answered.reject);
    request.on('socket', (socket) => socket.on('close', () => cutOff.resolve()));
    // Its last byte is the one too much: what is written to a connection that is being closed may cost the answer.
    request.write(Buffer.alloc(limits.pushBodyBytes + 1, ' '));
    const answer = await answered.promise;
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close']);
    answer.resume();
    await cutOff.promise;
    expect(request.writableEnded).toBe(false);
  },
);

describe('a server that has read the body first', () => {
  async function startParsedFirst(how: string) {
    const port = await freePort();
    const running = start(project, 'programs/parsed-first.mjs', {
      HOW: how,
      PORT: String(port),
      POD_IP: '127.0.0.1',
      EVERYPOD_POD_SECRET: podSecret,
    });
    afterThisTest(() => running.stop());
    const url = `http://127.0.0.1:${port}`;
    await untilItListens(url, running);
    return { url, running };
  }

  it.each(['express.json', 'express.urlencoded', 'Fastify as it is'])(
    'B9 says plainly that it must be mounted before (%s)',
    async (how) => {
      const { url, running } = await startParsedFirst(how);
      const answer = await push(url, aPush);
      expect(answer).toMatchObject({ status: 500, type: 'application/problem+json', trusted: false });
      expect(answer.text).toContain('before every body parser');
      expect(running.output()).toContain('before every body parser');
      expect(running.output()).not.toContain(podSecret);
    },
  );

  it.each([
    'express.json that keeps rawBody',
    'express.raw',
    'express.text',
    'an Express router',
    'Fastify that keeps rawBody',
  ])('B9 is no hindrance where the bytes are still there (%s)', async (how) => {
    const { url } = await startParsedFirst(how);
    const answer = await push(url, aPush);
    expect(answer).toMatchObject({ status: 200, trusted: true });
    expect(pushAnswerSchema.parse(JSON.parse(answer.text)).ok).toBe(true);
    expect((await push(url, aPush, { 'webhook-signature': `v1,${'A'.repeat(43)}=` })).status).toBe(401);
  });
});
