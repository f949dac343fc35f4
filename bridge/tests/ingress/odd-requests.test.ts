import { execFileSync } from 'node:child_process';
import { newSecret } from '@everypod/contract';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { limits } from '../../src/limits.ts';
import { signedGet, startBridge, startWorld } from '../harness.ts';
import { run } from '../process/run-bridge.ts';
import { once, pipeline, raw, type Sent } from './pipeline.ts';

const known = [
  '/v1/events',
  '/v1/events/evt_1',
  '/v1/pods',
  '/v1/catch-up',
  '/healthz',
  '/readyz',
  '/metrics',
];

/** Of every odd shape, each with something of its own in it. */
const shapes: Array<[string, (mark: string) => Sent]> = [
  ['an encoded letter of a route', (mark) => ({ target: `/v1/event%73/${mark}` })],
  ['an event that nobody has', (mark) => ({ target: `/v1/events/${mark}` })],
  ['an encoded event', (mark) => ({ target: `/v1/events/%${mark}` })],
  ['a route with more behind it', (mark) => ({ target: `/v1/pods/${mark}` })],
  ['a query', (mark) => ({ target: `/v1/pods?${mark}` })],
  ['a route that is none', (mark) => ({ target: `/${mark}` })],
  ['a way around', (mark) => ({ target: `/v1/events/${mark}/%2e%2e/%2e%2e/metrics` })],
  ['a route in capitals', (mark) => ({ target: `/V1/EVENTS/${mark}` })],
  ['another method', (mark) => ({ method: 'DELETE', target: `/v1/events/${mark}` })],
  ['a method that hardly anyone uses', (mark) => ({ method: 'PROPFIND', target: `/v1/events/${mark}` })],
  ['a body', (mark) => ({ method: 'POST', target: '/v1/events', body: mark })],
  [
    'a signature that is none',
    (mark) => ({
      method: 'POST',
      target: '/v1/catch-up',
      body: mark,
      headers: {
        'webhook-id': mark.slice(0, 60),
        'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`,
        'webhook-signature': `v1,${'A'.repeat(43)}=`,
      },
    }),
  ],
  [
    'headers',
    (mark) => ({ target: '/v1/pods', headers: { [`x-${mark.slice(0, 40)}`]: mark, prefer: mark } }),
  ],
  ['another host', (mark) => ({ target: '/v1/pods', headers: { host: `${mark.slice(0, 60)}.example` } })],
  ['a whole address', (mark) => ({ target: `http://${mark.slice(0, 60)}.example/v1/pods` })],
];

async function seriesOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

const megabytesOf = (pid: number | undefined) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

describe('requests that nobody signed', () => {
  it('A1 leave the number of series, and the memory, where they were', { timeout: 120_000 }, async () => {
    const bridge = await run(await startWorld(), await freePort(), { logLevel: 'error' });
    const perConnection = limits.requestsPerConnection;
    let nth = 0;
    async function send(count: number) {
      let answered = 0;
      while (answered < count) {
        const batch = Array.from({ length: 20 }, () => {
          const requests = Array.from({ length: perConnection }, () => {
            nth += 1;
            const [, shape] = shapes[nth % shapes.length] ?? shapes[0] ?? [];
            return raw(shape?.(`m${nth}${'x'.repeat(4_000)}`) ?? { target: '/' });
          });
          return pipeline(bridge.url, requests.join(''));
        });
        for (const { statuses } of await Promise.all(batch)) {
          expect(statuses.every((status) => [401, 404, 405].includes(status))).toBe(true);
          expect(statuses.length).toBe(perConnection);
          answered += statuses.length;
        }
      }
    }

    await send(10_000);
    const [series, megabytes] = [await seriesOf(bridge.url), megabytesOf(bridge.process.pid)];
    await send(50_000);
    expect(await seriesOf(bridge.url)).toBe(series);
    // One copy of what was sent would be 200 MB; what the heap takes and gives back is less than half of it.
    expect(megabytesOf(bridge.process.pid) - megabytes).toBeLessThan(96);
  });

  it.each(shapes)('A1 %s leaves nothing of itself in log or metrics', async (_, shape) => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const bridge = await startBridge(await startWorld(), { log });
    const mark = 'zebra';
    const { statuses, text } = await once(bridge.url, shape(mark));
    expect([401, 404, 405]).toContain(statuses[0]);
    expect(text).not.toContain(mark);
    expect(lines.join('')).not.toContain(mark);
    expect(await (await fetch(`${bridge.url}/metrics`)).text()).not.toContain(mark);
  });

  it('A1 are counted under the route that they came to, and by why', async () => {
    const bridge = await startBridge(await startWorld());
    for (const target of known.filter((path) => path.startsWith('/v1/'))) {
      await once(bridge.url, {
        target,
        method: /s$|up$/.test(target) && target !== '/v1/pods' ? 'POST' : 'GET',
      });
    }
    const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
    const counted = metrics.split('\n').filter((line) => line.startsWith('everypod_distrusted_total'));
    expect(counted.sort()).toEqual([
      'everypod_distrusted_total{route="/v1/catch-up",cause="missing header"} 1',
      'everypod_distrusted_total{route="/v1/events",cause="missing header"} 1',
      'everypod_distrusted_total{route="/v1/events/{id}",cause="missing header"} 1',
      'everypod_distrusted_total{route="/v1/pods",cause="missing header"} 1',
    ]);
  });
});

describe('another spelling of a route', () => {
  const encoded = (text: string) =>
    text.replace(/[a-z](?!.*[a-z])/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  const spellings: Array<[string]> = [
    ['/v1/events/%2e%2e/%2e%2e/metrics'],
    ['/v1/events/../../metrics'],
    ['/%6detrics'],
    ['/./metrics'],
    ['/v1/..;/metrics'],
    ['/%2e/healthz'],
    ['//metrics'],
    ['/metrics/'],
    ['/metrics%20'],
    ['/metrics%00'],
    ['/metrics;a'],
    ['/metrics#a'],
    ['/x/..\\..\\metrics'],
    ['\\metrics'],
    ['metrics'],
    ['*'],
    ['/METRICS'],
    ['http://bridge/metrics'],
    ['http://bridge/v1/../metrics'],
    ['/v1%2fevents'],
    ['/v1/events%2fevt_1'],
    ['/v1/events/evt%5f1'],
    ['/v1/events/evt_1/'],
    ...known.map((path): [string] => [encoded(path)]),
  ];

  it.each(spellings)('A1 %s reaches nothing but 404', async (target) => {
    const bridge = await startBridge(await startWorld());
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS']) {
      const { statuses } = await once(bridge.url, { method, target });
      // Node answers 400 itself to what is no target at all.
      expect(statuses[0] === 404 || (statuses[0] === 400 && !target.startsWith('/'))).toBe(true);
    }
    expect(await (await fetch(`${bridge.url}/metrics`)).text()).not.toContain('everypod_distrusted_total{');
  });

  it('A1 is none where a query follows: what is signed is what was sent', async () => {
    const bridge = await startBridge(await startWorld());
    expect((await fetch(`${bridge.url}/healthz?a=b`)).status).toBe(200);
    expect((await signedGet(bridge, '/v1/pods?a=%62&c')).status).toBe(200);
    expect((await fetch(`${bridge.url}/v1/pods?a`, { headers: { 'webhook-id': newSecret() } })).status).toBe(
      401,
    );
  });

  it('A1 gets an answer that names the routes that there are', async () => {
    const bridge = await startBridge(await startWorld());
    const { detail } = (await (await fetch(`${bridge.url}/nothing`)).json()) as { detail: string };
    expect(detail).toBe(
      'The bridge has /v1/events, /v1/events/{id}, /v1/pods, /v1/catch-up, /healthz, /readyz and /metrics.',
    );
  });
});
