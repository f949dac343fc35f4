import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeping } from '../../src/guard/keeping.ts';
import { isUp } from '../../src/lease/origin.ts';
import { limits } from '../../src/limits.ts';

let keeping: Keeping;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  keeping = new Keeping();
  keeping.isAllowed = true;
});
afterEach(async () => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

const servers: ReturnType<typeof createServer>[] = [];
const passes = (ms: number) => vi.advanceTimersByTime(ms);
const now = () => performance.now();

/** A content origin that is there, or answers 503; content comes from there. */
async function addOrigin({ up }: { up: boolean }) {
  const server = createServer((_, response) => void response.writeHead(up ? 200 : 503).end());
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  keeping.origins.lookBy(isUp, 600_000);
  keeping.origins.add(url);
  return url;
}

describe('a page that is about to be made anew', () => {
  it('is kept for its time, and no longer', () => {
    keeping.keep(['/a'], 8_000);
    passes(7_999);
    expect(keeping.isKept('/a')).toBe(true);
    passes(1);
    expect(keeping.isKept('/a')).toBe(false);
  });

  it('is kept until it was made, and the others still are', () => {
    keeping.keep(['/a', '/b'], 8_000);
    keeping.release('/a');
    expect([keeping.isKept('/a'), keeping.isKept('/b')]).toEqual([false, true]);
  });

  it('gets no more time where it is invalidated again meanwhile', () => {
    keeping.keep(['/a'], 8_000);
    passes(5_000);
    keeping.keep(['/a'], 8_000);
    passes(3_000);
    expect(keeping.isKept('/a')).toBe(false);
  });

  it('gets its time where the one before is over', () => {
    keeping.keep(['/a'], 1_000);
    passes(1_000);
    keeping.keep(['/a'], 1_000);
    expect(keeping.isKept('/a')).toBe(true);
  });

  it('is kept by none where nobody tells what vanishes', () => {
    keeping.isAllowed = false;
    keeping.keep(['/a'], 8_000);
    expect(keeping.isKept('/a')).toBe(false);
    expect(keeping.mayGive('/a')).toBe(false);
  });

  it('is kept among so many, and not beyond', () => {
    keeping.keep(
      Array.from({ length: limits.pagesKept + 1 }, (_, nth) => `/${nth}`),
      8_000,
    );
    expect(keeping.isKept(`/${limits.pagesKept - 1}`)).toBe(true);
    expect(keeping.isKept(`/${limits.pagesKept}`)).toBe(false);
  });
});

describe('what is given while content can’t be had', () => {
  const page = { kind: 'APP_PAGE' };
  const answerOf = (fetchUrl: unknown) => ({ kind: 'FETCH', fetchUrl });

  it('is nothing where no origin is known', async () => {
    expect(keeping.mayGive('/a')).toBe(false);
    expect(await keeping.gives(page, now())).toBe(false);
  });

  it('is any page, and what came from where it can’t be had', async () => {
    const [down, up] = [await addOrigin({ up: false }), await addOrigin({ up: true })];
    expect(keeping.mayGive('/a')).toBe(true);
    const given = async (asked: Parameters<Keeping['gives']>[0]) => keeping.gives(asked, now());
    expect(await given(page)).toBe(true);
    expect(await given(answerOf(`${down}/wp-json/wp/v2/posts`))).toBe(true);
    expect(await given(answerOf(`${up}/wp-json/wp/v2/posts`))).toBe(false);
    expect(await given(answerOf('https://weather.example.org/'))).toBe(false);
  });

  it('is what unstable_cache keeps, too, of which nobody knows where it came from', async () => {
    await addOrigin({ up: false });
    expect(await keeping.gives(answerOf('unstable_cache ["/posts"] getPosts'), now())).toBe(true);
    expect(await keeping.gives(answerOf(undefined), now())).toBe(true);
  });

  it('is nothing while every origin is there', async () => {
    await addOrigin({ up: true });
    expect(await keeping.gives(page, now())).toBe(false);
  });
});

describe('what was invalidated has not settled', () => {
  it('while a page is kept since then, or longer', () => {
    keeping.keep(['/a'], 8_000);
    passes(1_000);
    const invalidatedAtMs = now();
    expect(keeping.holdsBack(invalidatedAtMs)).toBe(true);
    keeping.release('/a');
    expect(keeping.holdsBack(invalidatedAtMs)).toBe(false);
  });

  it('but has though a page is kept for what came later', () => {
    const invalidatedAtMs = now();
    passes(1_000);
    keeping.keep(['/a'], 8_000);
    expect(keeping.holdsBack(invalidatedAtMs)).toBe(false);
  });

  it('until its origin has answered', async () => {
    await addOrigin({ up: true });
    const invalidatedAtMs = now();
    expect(keeping.holdsBack(invalidatedAtMs)).toBe(true);
    await keeping.origins.looked();
    expect(keeping.holdsBack(invalidatedAtMs)).toBe(false);
  });

  it('is never said of a pod that keeps nothing', async () => {
    await addOrigin({ up: false });
    keeping.isAllowed = false;
    expect(keeping.holdsBack(now())).toBe(false);
  });
});
