import { once } from 'node:events';
import { createServer, get, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hearAnswers, Origins } from '../../src/guard/origins.ts';
import { isUp } from '../../src/lease/origin.ts';
import { limits } from '../../src/limits.ts';

const patienceMs = 600_000;

/** A real server, whose answers a test chooses, and which can be away. */
async function startOrigin() {
  let answering: RequestListener = (_, response) => void response.end('content');
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') asked += 1;
    answering(request, response);
  });
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const refuse = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return {
    url,
    /** How often it was looked at. */
    looks: () => asked,
    answers(next: RequestListener) {
      answering = next;
    },
    fails(status: number) {
      answering = (_, response) => void response.writeHead(status).end();
    },
    refuse,
    comesBack: () => listen(port),
    stop: () => (server.listening ? refuse() : Promise.resolve()),
  };
}

let origin: Awaited<ReturnType<typeof startOrigin>>;
let nowMs: number;
let origins: Origins;

// Nothing that listens to this process can stop, so each test's origins are told by one that does.
beforeAll(() => hearAnswers({ note: (at, up) => origins.note(at, up) }));
beforeEach(async () => {
  origin = await startOrigin();
  nowMs = 1_000_000;
  origins = new Origins(() => nowMs);
  origins.lookBy((url) => isUp(url, limits.originHungMs), patienceMs);
});
afterEach(() => origin.stop());

/** Whether content can't be had, by all that is known after an invalidation of now. */
const isDown = (url?: string) => origins.isDown(nowMs, url);

describe('an origin counts as down', () => {
  it.each([500, 502, 503, 504])('where it answers %i', async (status) => {
    origins.add(origin.url);
    origin.fails(status);
    expect(await isDown()).toBe(true);
  });

  it.each([200, 301, 401, 403, 404, 405])('but not where it answers %i', async (status) => {
    origins.add(origin.url);
    origin.answers((_, response) => void response.writeHead(status, { location: '/elsewhere' }).end());
    expect(await isDown()).toBe(false);
  });

  it('where it refuses connections', async () => {
    origins.add(origin.url);
    await origin.refuse();
    expect(await isDown()).toBe(true);
  });

  it('where it does not answer in time', async () => {
    origins.add(origin.url);
    origin.answers(() => undefined);
    expect(await isDown()).toBe(true);
  });

  it('for nobody but those who asked meanwhile, where it is slow', async () => {
    origins.add(origin.url);
    let answer = () => {};
    origin.answers((_, response) => {
      answer = () => void response.writeHead(200).end();
    });
    expect(await isDown()).toBe(true);
    expect(origins.downForMs()).toBeNull();
    expect(await origins.areStillDown()).toBe(false);
    answer();
    await origins.looked();
    expect(await isDown()).toBe(false);
  });
});

describe('what was down', () => {
  it('is so still until a look, which is at once, finds that it has come back', async () => {
    origins.add(origin.url);
    await origin.refuse();
    expect(await isDown()).toBe(true);
    expect(await origins.areStillDown()).toBe(true);
    await origin.comesBack();
    expect(await origins.areStillDown()).toBe(false);
    expect(await isDown()).toBe(false);
  });

  it('is looked at for nobody who asks what has never been down', async () => {
    origins.add(origin.url);
    expect(await origins.areStillDown()).toBe(false);
    expect(origin.looks()).toBe(0);
  });
});

describe('what the app asks', () => {
  it.each([
    { by: 'fetch', ask: async (url: string) => void (await (await fetch(url)).text()) },
    {
      by: 'node:http',
      ask: (url: string) =>
        new Promise<void>((resolve) => {
          get(url, (response) => response.resume().on('end', () => resolve()));
        }),
    },
  ])('by $by tells that it is up, and nobody looks', async ({ ask }) => {
    origins.add(origin.url);
    nowMs += 1;
    await ask(`${origin.url}/wp-json/`);
    expect(await isDown()).toBe(false);
    expect(origin.looks()).toBe(0);
  });

  it.each([
    { what: 'failed', fail: () => origin.fails(500) },
    { what: 'was refused', fail: () => origin.refuse() },
  ])('and that $what may have its own reason: it is looked at, and then believed', async ({ fail }) => {
    origins.add(origin.url);
    await fail();
    await fetch(`${origin.url}/one`).catch(() => undefined);
    await origin.stop();
    origin.answers((_, response) => void response.end());
    await origin.comesBack();
    expect(await isDown()).toBe(false);
  });

  it('and that was given up by whoever asked says nothing', async () => {
    origins.add(origin.url);
    origin.answers((request, response) => void (request.method === 'HEAD' && response.end()));
    const leaving = new AbortController();
    const asking = fetch(origin.url, { signal: leaving.signal }).catch(() => undefined);
    leaving.abort();
    await asking;
    expect(await isDown()).toBe(false);
  });

  it('elsewhere says nothing of an origin', async () => {
    const other = await startOrigin();
    origins.add(origin.url);
    await (await fetch(other.url)).text();
    await origin.refuse();
    expect(await isDown()).toBe(true);
    expect(origins.has(other.url)).toBe(false);
    await other.stop();
  });
});

describe('an address by which WordPress calls itself', () => {
  it('counts from the app’s first answer there on', async () => {
    origins.suggest(origin.url);
    expect(origins.areKnown()).toBe(false);
    await (await fetch(`${origin.url}/wp-json/`)).text();
    expect(origins.areKnown()).toBe(true);
    await origin.refuse();
    nowMs += limits.originUpForMs + 1;
    expect(await isDown()).toBe(true);
  });

  it('does not count where the app was never answered: pods may not reach it', async () => {
    origins.suggest(origin.url);
    origin.fails(500);
    await (await fetch(`${origin.url}/wp-json/`)).text();
    expect(origins.areKnown()).toBe(false);
    expect(await isDown()).toBe(false);
  });
});

describe('an origin that is down', () => {
  beforeEach(async () => {
    origins.add(origin.url);
    origin.fails(503);
    expect(await isDown()).toBe(true);
  });

  it('is up with the next answer', async () => {
    origin.answers((_, response) => void response.end('content'));
    await (await fetch(origin.url)).text();
    expect(await isDown()).toBe(false);
    expect(origins.downForMs()).toBeNull();
  });

  it('is looked at behind who asks, and seldom', async () => {
    for (let times = 0; times < 20; times += 1) expect(await isDown()).toBe(true);
    await origins.looked();
    expect(origin.looks()).toBe(1);
    nowMs += limits.originLookAgainMs + 1;
    expect(await isDown()).toBe(true);
    await origins.looked();
    expect(origin.looks()).toBe(2);
  });

  it('says for how long, and is given up after that', async () => {
    nowMs += patienceMs;
    expect(origins.downForMs()).toBe(patienceMs);
    expect(await isDown()).toBe(true);
    nowMs += 1;
    expect(await isDown()).toBe(false);
    expect(origins.downForMs()).toBeNull();
    expect(origins.haveAnsweredSince(nowMs)).toBe(true);
  });
});

describe('waiting for an origin', () => {
  it('ends with its first answer since then, for which it is looked', async () => {
    origins.add(origin.url);
    const since = nowMs;
    expect(origins.haveAnsweredSince(since)).toBe(false);
    nowMs += 1;
    await origins.looked();
    expect(origins.haveAnsweredSince(since)).toBe(true);
    expect(origin.looks()).toBe(1);
  });

  it('goes on while one of several has not answered', async () => {
    const other = await startOrigin();
    for (const { url } of [origin, other]) origins.add(url);
    other.fails(500);
    expect(origins.haveAnsweredSince(nowMs)).toBe(false);
    await origins.looked();
    expect(origins.haveAnsweredSince(nowMs)).toBe(false);
    expect(await isDown(origin.url)).toBe(false);
    expect(await isDown(other.url)).toBe(true);
    expect(await isDown()).toBe(true);
    await other.stop();
  });

  it('is not done by asking again and again', async () => {
    origins.add(origin.url);
    origin.fails(500);
    origins.haveAnsweredSince(nowMs);
    await origins.looked();
    for (let times = 0; times < 20; times += 1) origins.haveAnsweredSince(nowMs);
    expect(origin.looks()).toBe(1);
  });
});
