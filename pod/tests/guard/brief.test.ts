import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { limitLifetime } from '../../src/guard/brief.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

type Sent = { cacheControl: string | string[]; isOld: boolean };

/** What a visitor is told of an answer. */
async function lifetimeOf({ cacheControl, isOld }: Sent): Promise<string | null> {
  const server = createServer((_, response) => {
    limitLifetime(response, () => isOld);
    response.setHeader('cache-control', cacheControl);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('page');
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  expect(await answer.text()).toBe('page');
  return answer.headers.get('cache-control');
}

const page = 's-maxage=3600, stale-while-revalidate=31532400';

describe('an answer that caches in front may keep', () => {
  it.each<{ what: string; sent: Sent; told: string }>([
    { what: 'and that is new, as the app says', sent: { cacheControl: page, isOld: false }, told: page },
    { what: 'and that is old, for a second', sent: { cacheControl: page, isOld: true }, told: 's-maxage=1' },
    {
      what: 'and that is old, said in a list, for a second',
      sent: { cacheControl: [page], isOld: true },
      told: 's-maxage=1',
    },
    {
      what: 'and that is old, for a second where the app says ten',
      sent: { cacheControl: 's-maxage=10', isOld: true },
      told: 's-maxage=1',
    },
    {
      what: 'for no longer than that anyway, as the app says',
      sent: { cacheControl: 's-maxage=1, stale-while-revalidate=59', isOld: true },
      told: 's-maxage=1, stale-while-revalidate=59',
    },
  ])('$what', async ({ sent, told }) => {
    expect(await lifetimeOf(sent)).toBe(told);
  });
});

it.each(['private, no-cache, no-store, max-age=0, must-revalidate', 'public, max-age=0', 's-maxage=0'])(
  'an old answer that no cache in front keeps is left as it is: %s',
  async (cacheControl) => {
    expect(await lifetimeOf({ cacheControl, isOld: true })).toBe(cacheControl);
  },
);

it('whether an answer is old is asked as its head leaves, and not before', async () => {
  let isOld = false;
  const server = createServer((_, response) => {
    limitLifetime(response, () => isOld);
    response.setHeader('cache-control', page);
    isOld = true;
    response.end();
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  expect(answer.headers.get('cache-control')).toBe('s-maxage=1');
});
