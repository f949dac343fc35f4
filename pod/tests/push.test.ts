import { limits, newSecret, type Push } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { epoch, podSecret, signedRequest, startPod } from './surroundings/pod.ts';

const emptyPush = JSON.stringify({ epoch, after: 0, upTo: 0, targets: [] });

describe('a push', () => {
  it('is applied, and answered with who the pod is and how far it has got', async () => {
    const pod = startPod({}, { build: () => ({ builtAt: '2026-01-02T03:04:05.000Z', basePath: '' }) });
    const answer = await pod.push({ targets: [{ tag: 'wp:post:7' }, { path: '/', scope: 'layout' }] });
    expect(pod.told).toEqual(['#wp:post:7', '/ layout']);
    expect(answer).toEqual({
      ok: true,
      pod: {
        ip: '10.0.0.7',
        name: 'nextjs-a',
        instance: pod.state.instance,
        builtAt: '2026-01-02T03:04:05.000Z',
      },
      cursor: null,
      settled: null,
    });
  });

  it.each<[string, Partial<Push>, string]>([
    ['slugs first', { targets: [{ tag: 'a' }, { path: '/my-post' }] }, 'slug=my-post tag=a'],
    [
      'what has no slug',
      { targets: [{ path: '/' }, { tag: 'a' }, { topic: 'flags' }] },
      'path=/ tag=a topic=flags',
    ],
    ['everything', { targets: [{ tag: 'a' }], everything: true }, 'everything=true'],
  ])('B9 is logged in the write-up’s words, by %s', async (_what, push, words) => {
    const pod = startPod();
    await pod.push(push);
    expect(pod.log).toContain(`[revalidate] fanout pod=10.0.0.7 ${words}`);
  });

  it('B9 of nothing is not logged as a fan-out', async () => {
    const pod = startPod();
    await pod.push({ targets: [] });
    expect(pod.log.join()).not.toContain('[revalidate]');
  });

  it('that comes twice is applied twice, and both times ok', async () => {
    const pod = startPod();
    const body = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [{ tag: 'a' }] });
    const statuses = [];
    for (const _ of [1, 2])
      statuses.push((await pod.revalidate(signedRequest(body, { id: 'push_1' }))).status);
    expect(statuses).toEqual([200, 200]);
    expect(pod.told).toEqual(['#a', '#a']);
  });

  it('is never cached', async () => {
    const response = await startPod().revalidate(signedRequest(emptyPush));
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('that the framework does not take moves no cursor, and the answer says why', async () => {
    const invalidator = {
      path: () => undefined,
      tag: () => {
        throw new Error('static generation store missing');
      },
    };
    const pod = startPod({}, { invalidator });
    const answer = await pod.push({ targets: [{ tag: 'a' }], everything: true });
    expect(answer).toMatchObject({ ok: false, cursor: null });
    expect(answer.reason).toContain('static generation store missing');
  });

  it('is verified with every secret that the pod has, and answered with all of them', async () => {
    const next = newSecret();
    const pod = startPod({ EVERYPOD_POD_SECRET: `${next} ${podSecret}` });
    const response = await pod.revalidate(signedRequest(emptyPush));
    expect(response.headers.get('webhook-signature')?.split(' ')).toHaveLength(2);
  });
});

describe('a push that cannot be trusted', () => {
  const now = Date.now();
  const untrusted = {
    'is unsigned': new Request('http://pod/', { method: 'POST', body: emptyPush }),
    'is signed with another secret': signedRequest(emptyPush, { secret: newSecret() }),
    'is older than the tolerance': signedRequest(emptyPush, { nowMs: now - 301_000 }),
    'is from the future': signedRequest(emptyPush, { nowMs: now + 302_000 }),
    'was changed on the way': new Request('http://pod/', {
      method: 'POST',
      body: emptyPush.replace('0', '1'),
      headers: signedRequest(emptyPush).headers,
    }),
    'is no push, and unsigned': new Request('http://pod/', { method: 'POST', body: 'nonsense' }),
  };

  it.each(Object.entries(untrusted))('because it %s gets the one generic 401', async (_, request) => {
    const pod = startPod();
    const response = await pod.revalidate(request);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ type: 'urn:everypod:problem:unauthorized' });
    expect(pod.told).toEqual([]);
    expect(pod.log.join()).toContain('not trusted');
  });

  it('gets the same 401 from a pod without a secret, whose log says what is missing', async () => {
    const pod = startPod({ EVERYPOD_POD_SECRET: '' });
    expect((await pod.revalidate(signedRequest(emptyPush))).status).toBe(401);
    expect(pod.log.join()).toContain('EVERYPOD_POD_SECRET');
  });
});

describe('a trusted message that is no push', () => {
  const push = { epoch, after: 0, upTo: 1, targets: [] };
  const malformed = {
    'is not JSON': 'nonsense',
    'is not UTF-8': Buffer.from([0xff, 0xfe]),
    'has no epoch': JSON.stringify({ ...push, epoch: undefined }),
    'runs backwards': JSON.stringify({ ...push, after: 2 }),
    'has a target of two kinds': JSON.stringify({ ...push, targets: [{ path: '/a', tag: 'a' }] }),
    'has a path that is a full URL': JSON.stringify({ ...push, targets: [{ path: 'https://a.example/b' }] }),
    'has a path over 1,024 characters': JSON.stringify({
      ...push,
      targets: [{ path: `/${'a'.repeat(1_024)}` }],
    }),
    'has a tag over 256 characters': JSON.stringify({ ...push, targets: [{ tag: 'a'.repeat(257) }] }),
  };

  it.each(Object.entries(malformed))('because it %s gets 400 and a sentence', async (_, body) => {
    const pod = startPod();
    const response = await pod.revalidate(signedRequest(body));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect((await response.json()).detail).toMatch(/\w.*\.$/);
    expect(pod.told).toEqual([]);
  });

  it.each([
    ['a byte that UTF-8 never has', Buffer.from([0xe9])],
    ['half a character', Buffer.from('\\ud83d')],
  ])('A7 because it has %s gets 400, and nothing is told', async (_, broken) => {
    const [before, after] = JSON.stringify({ ...push, targets: [{ path: '/caf#' }] }).split('#');
    const pod = startPod();
    const raw = Buffer.concat([Buffer.from(before ?? ''), broken, Buffer.from(after ?? '')]);
    expect((await pod.revalidate(signedRequest(raw))).status).toBe(400);
    expect(pod.told).toEqual([]);
  });

  it('because it is larger than any push gets 413, however it says its length', async () => {
    const body = `{${' '.repeat(limits.pushBodyBytes)}}`;
    const streamed = new Request('http://pod/', {
      method: 'POST',
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect((await startPod().revalidate(streamed)).status).toBe(413);
    const declared = signedRequest(body, { headers: { 'content-length': String(body.length) } });
    expect((await startPod().revalidate(declared)).status).toBe(413);
  });

  it.each([
    ['GET', 404, null],
    ['HEAD', 405, 'POST'],
    ['PUT', 405, 'POST'],
  ])('because it comes with %s gets %i', async (method, status, allow) => {
    const response = await startPod().revalidate(new Request('http://pod/siteapi/revalidate', { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
  });
});
