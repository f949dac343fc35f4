import { newSecret, parseSecret, pushSchema, verify } from '@everypod/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOldWebhook } from '../src/old-webhook/old-webhook.ts';
import { type StandingPod, standingPod } from './standing-pod.ts';

const podSecret = newSecret();
let received: { url: string; trusted: boolean; body: unknown }[];
let reached: string[];
let balancer: StandingPod;

beforeEach(async () => {
  received = [];
  reached = [];
  balancer = await standingPod('balancer', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const headers = { get: (name: string) => String(request.headers[name] ?? '') || null };
    const { trusted } = verify([parseSecret(podSecret)], headers, body, Date.now());
    received.push({ url: request.url ?? '', trusted, body: JSON.parse(body.toString()) });
    response.writeHead(200, { 'x-served-by': 'nextjs-b' }).end('{"ok":true}');
  });
});

afterEach(() => balancer.close());

const post = (body: string) =>
  createOldWebhook({ balancerUrl: balancer.url, podSecret, reached: (name) => reached.push(name) }).request(
    '/',
    {
      method: 'POST',
      body,
    },
  );

it('one signed push goes through the balancer, in an epoch of its own, and its pod is named', async () => {
  const targets = [{ path: '/a' }, { tag: 'wp:post:1' }];
  expect((await post(JSON.stringify({ targets }))).status).toBe(200);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ url: '/siteapi/revalidate', trusted: true });
  expect(pushSchema.parse(received[0]?.body)).toEqual({
    epoch: 'one-pod-webhook',
    after: 0,
    upTo: 0,
    targets,
  });
  expect(reached).toEqual(['nextjs-b']);
});

it.each(['', '[]', '{"targets":"/"}', '{"targets":[{"path":"no slash"}]}'])(
  '%s reaches no pod',
  async (body) => {
    expect((await post(body)).status).toBe(400);
    expect(received).toEqual([]);
  },
);
