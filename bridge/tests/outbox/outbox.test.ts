import { newSecret, parseSecrets, sign } from '@everypod/contract';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { BridgeOptions } from '../../src/bridge.ts';
import {
  afterThisTest,
  event,
  podsOf,
  quick,
  reportOf,
  secret,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';
import { startWordPress } from './wordpress.ts';

const often = { ...quick, outboxEveryMs: 60, outboxDeadlineMs: 300 };
const waiting = (id: string, tag = id) => ({ id, body: JSON.stringify(event([{ tag }])) });

async function watched(options: Parameters<typeof startWordPress>[0] = {}) {
  const site = await startWordPress(options);
  afterThisTest(() => site.close());
  const world = await startWorld({ EVERYPOD_WORDPRESS: site.url });
  const start = (options: BridgeOptions = {}) => startBridge(world, { limits: often, ...options });
  return { site, world, start };
}

/** A log whose lines can be read. */
function noted() {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 8_000, interval: 30 });

describe('what waits in the outbox of a WordPress whose cron is dead', () => {
  it('is fetched, journaled and pushed as if it had been posted, and WordPress is told', async () => {
    const { site, world, start } = await watched();
    site.waiting.push(waiting('evt_1'), waiting('evt_2'));
    const pod = await world.addPod(11);
    const bridge = await start();
    await soon(() => expect(site.waiting).toEqual([]));
    await soon(() => expect(pod.applied).toContain('tag evt_2'));
    expect(pod.applied).toContain('tag evt_1');
    expect((await reportOf(bridge, 'evt_1')).seq).toBe(1);
    expect(site.untrusted).toBe(0);
  });

  it('is journaled once when it was posted, too', async () => {
    const { site, start } = await watched();
    const bridge = await start();
    await send(bridge, event([{ tag: 'evt_1' }]), { id: 'evt_1' });
    site.waiting.push(waiting('evt_1'));
    await soon(() => expect(site.waiting).toEqual([]));
    expect((await podsOf(bridge)).head).toBe(1);
  });

  it('is fetched to its end, also when it is more than one answer has', async () => {
    const { site, start } = await watched();
    for (let nth = 1; nth <= 120; nth += 1) site.waiting.push(waiting(`evt_${nth}`));
    const bridge = await start();
    await soon(() => expect(site.waiting).toEqual([]));
    expect((await podsOf(bridge)).head).toBe(120);
  });

  it.each([
    { where: 'in a folder', options: { home: '/blog/' }, path: 'GET /blog/wp-json/everypod/v1/outbox' },
    {
      where: 'without permalinks',
      options: { permalinks: 'plain' as const },
      path: 'GET /?rest_route=/everypod/v1/outbox',
    },
  ])('is found $where', async ({ options, path }) => {
    const { site, start } = await watched(options);
    site.waiting.push(waiting('evt_1'));
    await start();
    await soon(() => expect(site.waiting).toEqual([]));
    expect(site.requests).toContain(path);
  });

  it('waits on when the journal has another event under its id, or when it is no event', async () => {
    const { site, start } = await watched();
    const bridge = await start();
    await send(bridge, event([{ tag: 'first' }]), { id: 'evt_1' });
    site.waiting.push(waiting('evt_1', 'second'), { id: 'evt_2', body: '{}' }, waiting('evt_3'));
    await soon(() => expect(site.waiting.map(({ id }) => id)).toEqual(['evt_1', 'evt_2']));
  });

  it('A7 waits on when half a character is in it, and keeps nothing else waiting', async () => {
    const { site, start } = await watched();
    const half = JSON.stringify(event([{ path: '/caf#' }])).replace('#', '\\ud83d');
    site.waiting.push({ id: 'evt_half', body: half }, waiting('evt_2'));
    const bridge = await start();
    await soon(() => expect(site.waiting.map(({ id }) => id)).toEqual(['evt_half']));
    expect((await podsOf(bridge)).head).toBe(1);
  });

  it('is signed with every secret while they are exchanged', async () => {
    const old = newSecret();
    const { site, world, start } = await watched({ secret: old });
    world.environment.EVERYPOD_SECRET = `${newSecret()} ${old}`;
    site.waiting.push(waiting('evt_1'));
    await start();
    await soon(() => expect(site.waiting).toEqual([]));
  });
});

describe('an outbox that does not answer as it should', () => {
  const other = newSecret();
  it.each<[string, Parameters<Awaited<ReturnType<typeof startWordPress>>['misbehave']>[0]]>([
    [
      'is not signed',
      (_, response) => void response.end(JSON.stringify({ events: [waiting('evt_forged')] })),
    ],
    [
      'is signed with another secret',
      (request, response) => {
        const body = JSON.stringify({ events: [waiting('evt_forged')] });
        const id = String(request.headers['webhook-id']);
        response.writeHead(200, { ...sign(parseSecrets(other), id, Date.now(), body) }).end(body);
      },
    ],
    ['is a redirect', (_, response) => void response.writeHead(302, { location: '/' }).end()],
    ['is an error', (_, response) => void response.writeHead(500).end()],
    ['never comes', () => {}],
    ['never ends', (_, response) => void response.write('x'.repeat(5_000_000))],
  ])('that %s: nothing is taken, and the next look finds what waits', async (_, how) => {
    const { site, start } = await watched();
    site.misbehave(how);
    const bridge = await start();
    await soon(() => expect(site.requests.length).toBeGreaterThan(1));
    expect((await podsOf(bridge)).head).toBe(0);
    site.misbehave(null);
    site.waiting.push(waiting('evt_1'));
    await soon(() => expect(site.waiting).toEqual([]));
  });

  it('A7 that is not UTF-8: nothing is taken, and the next look finds what waits', async () => {
    const { site, start } = await watched();
    site.misbehave((request, response) => {
      const body = Buffer.from(JSON.stringify({ events: [waiting('evt_broken', 'caf\u00e9')] }), 'latin1');
      const id = String(request.headers['webhook-id']);
      response.writeHead(200, { ...sign(parseSecrets(secret), id, Date.now(), body) }).end(body);
    });
    const bridge = await start();
    await soon(() => expect(site.requests.length).toBeGreaterThan(1));
    expect((await podsOf(bridge)).head).toBe(0);
    site.misbehave(null);
    site.waiting.push(waiting('evt_1'));
    await soon(() => expect(site.waiting).toEqual([]));
  });

  it('is asked for at every look with a signature of its own', async () => {
    const { site, start } = await watched();
    const ids: string[] = [];
    site.misbehave((request, response) => {
      ids.push(String(request.headers['webhook-id']));
      response.writeHead(500).end();
    });
    await start();
    await soon(() => expect(ids.length).toBeGreaterThan(2));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('A9 WordPress, told what is in the journal', () => {
  it.each([
    { what: 'takes none of it', answer: { ids: [] }, reason: '1 of 1 events' },
    { what: 'takes another', answer: { ids: ['evt_other'] }, reason: '1 of 1 events' },
    { what: 'does not say what it took', answer: {}, reason: 'does not say which events' },
  ])('and that $what: the look has failed, with the reason', async ({ answer, reason }) => {
    const { site, start } = await watched();
    site.waiting.push(waiting('evt_1'));
    site.answersAccepted = () => answer;
    const { log, lines } = noted();
    await start({ log });
    await soon(() => expect(lines.join()).toContain(reason));
    expect(lines.join()).toContain('outbox out of reach');
  });

  it('is believed in the form of 0.1.0, which gives back all that it was told', async () => {
    const { site, start } = await watched({ isFormer: true });
    site.waiting.push(waiting('evt_1'), waiting('evt_2'));
    const { log, lines } = noted();
    await start({ log });
    await soon(() => expect(site.waiting).toEqual([]));
    await soon(() => expect(lines.join()).toContain('outbox emptied'));
  });

  it('is not believed in that form once it has given the present one', async () => {
    const { site, start } = await watched();
    const { log, lines } = noted();
    await start({ log });
    await soon(() => expect(site.requests.length).toBeGreaterThan(1));
    site.isFormer = true;
    site.waiting.push(waiting('evt_1'));
    await soon(() => expect(lines.join()).toContain('restart the bridge'));
    expect(site.waiting).toHaveLength(1);
  });
});

describe('A9 a question that comes back as its own answer', () => {
  it.each([
    { asked: 'what waits', route: /outbox$/ },
    { asked: 'to take what was accepted', route: /accepted$/ },
  ])(
    'is not believed where the site was asked $asked, and what waits is asked for again',
    async ({ route }) => {
      const { site, start } = await watched();
      let mirrored = 0;
      site.mirror((url) => {
        if (!route.test(url)) return false;
        mirrored += 1;
        return true;
      });
      site.waiting.push(waiting('evt_1'));
      const { log, lines } = noted();
      await start({ log });
      await soon(() => expect(mirrored).toBeGreaterThan(1));
      expect(site.waiting).toHaveLength(1);
      // Both roots are asked before the look has failed and says so.
      await soon(() => expect(lines.join()).toContain('mirrored question'));
      site.mirror(() => false);
      await soon(() => expect(site.waiting).toEqual([]));
    },
  );
});
