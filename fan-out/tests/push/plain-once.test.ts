import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Target } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidService, parseService, podAddress } from '../../src/discovery/service.ts';
import { plainOnce, plainSlugs } from '../../src/push/plain-once.ts';
import { createTurns } from '../../src/push/turns.ts';
import { freePort } from '../free-port.ts';
import { type PlainPod, startPlainPod } from '../plain-pod.ts';

const secret = 'a&b=c d/?#%+é';
let pod: PlainPod;
beforeEach(async () => {
  pod = await startPlainPod({ secret });
});
afterEach(() => pod.close());

const tell = (slug: string, more: { secret?: string; port?: number } = {}) =>
  plainOnce({
    address: podAddress(
      parseService(`plain+http://nextjs-headless.myapp.svc:${more.port ?? pod.port}/siteapi/revalidate`),
      '127.0.0.1',
    ),
    slug,
    secret: more.secret ?? secret,
    turns: createTurns(),
    deadlineMs: 300,
  });

describe('B9 a call to a plain pod', () => {
  it.each(['my-post', 'blog/my-post', 'caf%C3%A9', 'a&fanout=0&secret=x', 'größe', 'a\u0000b'])(
    'tells it of %j, whatever stands in it',
    async (slug) => {
      expect(await tell(slug)).toEqual({ state: 'told', retry: false, status: 200 });
      expect(pod.slugs).toEqual([slug]);
      expect(pod.calls).toEqual([{ method: 'GET', path: '/siteapi/revalidate', fanout: '1' }]);
    },
  );

  it('keeps a query that the route wants beside', async () => {
    const service = parseService(`plain+http://127.0.0.1:${pod.port}/hook?lang=en`);
    const answer = await plainOnce({
      address: podAddress(service, '127.0.0.1'),
      slug: 'a',
      secret,
      turns: createTurns(),
    });
    expect(answer.state).toBe('told');
    expect(pod.calls[0]?.path).toBe('/hook');
  });

  const html = '<!doctype html><title>Login</title>';
  it.each([
    [200, '', 'told', false, undefined],
    [204, '', 'told', false, undefined],
    [200, 'revalidated', 'told', false, undefined],
    [200, '{"revalidated":true,"now":1}', 'told', false, undefined],
    [200, 'null', 'told', false, undefined],
    [200, '{"ok":false}', 'failed', true, 'says that it is not ok'],
    [200, html, 'failed', true, 'with a web page'],
    [200, 'x'.repeat(70_000), 'failed', true, 'larger than any such'],
    [302, '', 'failed', true, 'never followed'],
    [400, '', 'refused', false, 'will not take the slug "my-post"'],
    [401, '', 'refused', false, 'EVERYPOD_PLAIN_SECRET'],
    [403, '', 'refused', false, 'EVERYPOD_PLAIN_SECRET'],
    [404, html, 'refused', false, 'not at /siteapi/revalidate'],
    [405, '', 'refused', false, 'takes no GET'],
    [429, '', 'refused', true, 'asks to be called later'],
    [500, '', 'failed', true, 'Its own log says why'],
    [503, '', 'failed', true, 'Its own log says why'],
  ] as const)('answered %i %j is %s', async (status, body, state, retry, reason) => {
    pod.misbehave((response) => response.writeHead(status, { location: 'http://127.0.0.1:1/x' }).end(body));
    const attempt = await tell('my-post');
    expect(attempt).toMatchObject({ state, retry });
    if (reason === undefined) expect(attempt.reason).toBeUndefined();
    else expect(attempt.reason).toContain(reason);
    expect(JSON.stringify(attempt)).not.toMatch(/a&b|a%26b|secret=/);
  });

  it.each([
    ['does not answer', () => {}, 'unreachable', 'did not answer in time'],
    ['hangs up', (response: { destroy(): void }) => response.destroy(), 'unreachable', 'without an answer'],
  ])('that %s is tried again', async (_, how, state, reason) => {
    pod.misbehave(how);
    const attempt = await tell('my-post');
    expect(attempt).toMatchObject({ state, retry: true });
    expect(attempt.reason).toContain(reason);
    expect(attempt.status).toBeUndefined();
  });

  it('where nothing listens names that', async () => {
    expect(await tell('a', { port: await freePort() })).toMatchObject({
      state: 'unreachable',
      notListening: true,
    });
  });

  it('with a wrong secret never repeats either', async () => {
    const attempt = await tell('my-post', { secret: 'another-secret' });
    expect(attempt).toMatchObject({ state: 'refused', status: 401 });
    expect(JSON.stringify(attempt)).not.toContain('another-secret');
  });

  it('never follows a redirect, to which the secret would go along', async () => {
    let reached = 0;
    const elsewhere = createServer((_, response) => {
      reached += 1;
      response.end();
    });
    const port = await freePort();
    await once(elsewhere.listen(port, '127.0.0.1'), 'listening');
    pod.misbehave((response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end());
    await tell('my-post');
    expect(reached).toBe(0);
    elsewhere.close();
  });
});

describe('B9 what a plain pod can be told', () => {
  it.each<[Target[], string[], string | undefined]>([
    [[{ path: '/hello' }, { path: '/hello/' }, { path: '/a/b/' }], ['hello', 'a/b'], undefined],
    [[{ path: '/' }], [], 'the home page, which has no slug'],
    [[{ path: '/x' }, { tag: 'a' }, { tag: 'b' }, { topic: 'flags' }], ['x'], '2 tags and a topic'],
    [[{ path: '/', scope: 'layout' }], [], 'a route pattern'],
    [
      [{ path: '/blog/[slug]', scope: 'page' }, { path: '/' }, { tag: 'a' }],
      [],
      'a route pattern, the home page, which has no slug and a tag',
    ],
    [[], [], undefined],
  ])('of %j', (targets, slugs, leftOut) => {
    const can = plainSlugs(targets);
    expect(can.slugs).toEqual(slugs);
    if (leftOut === undefined) expect(can.leftOut).toBeUndefined();
    else
      expect(can.leftOut).toBe(
        `A plain pod takes pages by their slugs alone, so it was not told of ${leftOut}.`,
      );
  });
});

describe('B9 a plain service', () => {
  it.each([
    ['plain+http://a.b.svc:3000/x', 'http:', 3000],
    ['plain+https://a.b.svc/x', 'https:', 443],
    ['PLAIN+HTTP://a.b.svc:3000/x', 'http:', 3000],
  ])('%s is one', (url, protocol, port) => {
    expect(parseService(url)).toMatchObject({
      kind: 'plain',
      protocol,
      port,
      hostname: 'a.b.svc',
      path: '/x',
    });
  });

  it('is another way to call the same address than to push to it', () => {
    const [plain, everypod] = ['plain+http://a.b:1/x', 'http://a.b:1/x'].map((url) =>
      podAddress(parseService(url), '10.0.0.1'),
    );
    expect(plain?.key).not.toBe(everypod?.key);
  });

  it.each([
    'plain+ftp://a.b/x',
    'plain+plain+http://a.b/x',
    'plain+',
    'plain+a.b:3000/x',
    'plain://a.b/x',
    'plain+http://user:hushhush@a.b/x',
    'plain+http://a.b/x#hushhush',
    'plain+http://a.b/x?secret=hushhush',
    'plain+http://a.b/x?slug=hushhush',
    'plain+http://a.b/x?fanout=hushhush',
    'plain+http://[::/x?secret=hushhush',
    'ftp://a.b/x?secret=hushhush',
  ])('%s is refused, and what may be a secret is not repeated', (url) => {
    let said: unknown;
    try {
      parseService(url);
    } catch (error) {
      said = error;
    }
    expect(said).toBeInstanceOf(InvalidService);
    expect(String(said)).not.toContain('hushhush');
  });
});
