import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBalancer } from '../src/balancer/balancer.ts';
import { type StandingPod, standingPod } from './standing-pod.ts';

let pods: StandingPod[];
let ready: StandingPod[];

beforeEach(async () => {
  pods = await Promise.all(
    ['nextjs-a', 'nextjs-b', 'nextjs-c'].map((name) =>
      standingPod(name, async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        response.writeHead(request.url?.startsWith('/moved') ? 308 : 200, {
          location: '/there',
          'x-asked': `${request.method} ${request.url} ${request.headers['webhook-id'] ?? ''}`,
        });
        response.end(`${name} ${Buffer.concat(chunks)}`);
      }),
    ),
  );
  ready = pods;
});

afterEach(() => Promise.all(pods.map((pod) => pod.close())));

const balancer = createBalancer(() => ready);
const visit = async (path = '/') => (await balancer.request(path)).headers.get('x-served-by');

describe('the balancer', () => {
  it('sends one visitor to one pod after the other', async () => {
    const first = [await visit(), await visit(), await visit()];
    expect(new Set(first)).toEqual(new Set(['nextjs-a', 'nextjs-b', 'nextjs-c']));
    expect([await visit(), await visit(), await visit()]).toEqual(first);
  });

  it('sends nobody to a pod that is not ready', async () => {
    ready = pods.slice(0, 2);
    const served = [await visit(), await visit(), await visit(), await visit()];
    expect(new Set(served)).toEqual(new Set(['nextjs-a', 'nextjs-b']));
  });

  it('passes method, path, query, headers and body on, and the answer back', async () => {
    const answer = await balancer.request('/siteapi/revalidate?x=%2F', {
      method: 'POST',
      body: 'hello',
      headers: { 'webhook-id': 'push_1' },
    });
    expect(answer.headers.get('x-asked')).toBe('POST /siteapi/revalidate?x=%2F push_1');
    expect(await answer.text()).toBe(`${answer.headers.get('x-served-by')} hello`);
  });

  it('leaves redirects to the visitor', async () => {
    const answer = await balancer.request('/moved');
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/there']);
  });

  it('says which pod did not answer, when one has died without anybody noticing', async () => {
    ready = pods.slice(0, 1);
    await pods[0]?.close();
    const answer = await balancer.request('/');
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('nextjs-a did not answer');
  });

  it('says so when no pod is ready', async () => {
    ready = [];
    expect((await balancer.request('/')).status).toBe(503);
  });
});
