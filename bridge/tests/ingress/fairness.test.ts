import { once as onceEmitted } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { limits } from '../../src/limits.ts';
import { event, postEvent, startBridge, startWorld } from '../harness.ts';
import { run } from '../process/run-bridge.ts';
import { pipeline, raw, type Sent } from './pipeline.ts';

/** Of one sender who reads nothing and never stops. */
const floods: Array<[string, Sent, string]> = [
  ['events', { method: 'POST', target: '/v1/events', body: '{}' }, ''],
  [
    'events with a signature that does not hold',
    {
      method: 'POST',
      target: '/v1/events',
      body: 'x'.repeat(100),
      headers: {
        'webhook-id': 'evt_1',
        'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`,
        'webhook-signature': `v1,${'A'.repeat(43)}=`,
      },
    },
    '',
  ],
  ['questions', { target: '/v1/pods' }, ''],
  ['addresses that are none', { target: '/a' }, ''],
  ['questions in HTTP/1.0', { target: '/v1/pods', headers: { connection: 'keep-alive' } }, '1.0'],
];

describe('10,000 requests at once on one connection', () => {
  it.each(floods)('A4 do not keep /healthz waiting: %s', async (_, sent, version) => {
    const bridge = await run(await startWorld(), await freePort(), { logLevel: 'info' });
    const one = version === '' ? raw(sent) : raw(sent).replace('HTTP/1.1', `HTTP/${version}`);
    const agent = new Agent({ keepAlive: true });
    const healthz = async () => {
      const before = performance.now();
      const asked = request(`${bridge.url}/healthz`, { agent }).end();
      const [answer] = (await onceEmitted(asked, 'response')) as [IncomingMessage];
      await text(answer);
      expect(answer.statusCode).toBe(200);
      return performance.now() - before;
    };
    await healthz();

    const worst: number[] = [];
    for (let nth = 0; nth < 5; nth += 1) {
      let flooded = false;
      const flood = pipeline(bridge.url, one.repeat(10_000)).then((answered) => {
        flooded = true;
        return answered;
      });
      const waits: number[] = [];
      while (!flooded || waits.length < 20) waits.push(await healthz());
      worst.push(Math.max(...waits));
      expect((await flood).statuses.length).toBeLessThanOrEqual(limits.requestsPerConnection);
    }
    agent.destroy();
    // Some 10 ms, and what else the machine does meanwhile: hardly the same in all five.
    expect(Math.min(...worst)).toBeLessThan(500);
    // One line for the first, and not one for each.
    expect(
      bridge
        .output()
        .split('\n')
        .filter((line) => line.includes('not trusted')).length,
    ).toBeLessThan(2);
  });
});

describe('a connection', () => {
  it('A4 is closed with its last answer, which says so, and a client that keeps connections loses nothing', async () => {
    const bridge = await startBridge(await startWorld());
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const connections: Array<string | undefined> = [];
    for (let nth = 0; nth < 2 * limits.requestsPerConnection + 1; nth += 1) {
      const asked = request(`${bridge.url}/healthz`, { agent }).end();
      const [answer] = (await onceEmitted(asked, 'response')) as [IncomingMessage];
      await text(answer);
      expect(answer.statusCode).toBe(200);
      connections.push(answer.headers.connection);
    }
    agent.destroy();
    const closed = connections.flatMap((connection, nth) => (connection === 'close' ? [nth + 1] : []));
    expect(closed).toEqual([limits.requestsPerConnection, 2 * limits.requestsPerConnection]);
  });
});

describe('an upload that breaks off', () => {
  it.each([
    ['of a length that was told', 'content-length: 1000\r\n\r\n{"type":'],
    ['in pieces', 'transfer-encoding: chunked\r\n\r\n8\r\n{"type":\r\n'],
  ])('A4 is told at debug, without a stack: %s', async (_, rest) => {
    const lines: string[] = [];
    const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
    const bridge = await startBridge(await startWorld(), { log });
    const headers = `webhook-id: evt_1\r\nwebhook-timestamp: ${Math.floor(Date.now() / 1000)}\r\nwebhook-signature: v1,${'A'.repeat(43)}=\r\n`;
    const socket = connect(Number(new URL(bridge.url).port), '127.0.0.1');
    await onceEmitted(socket, 'connect');
    socket.write(`POST /v1/events HTTP/1.1\r\nhost: bridge\r\n${headers}${rest}`, () =>
      socket.resetAndDestroy(),
    );
    await vi.waitFor(() => expect(lines.join('')).toContain('broke off'));
    const told = lines.filter((line) => line.includes('broke off'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ level: 20, route: '/v1/events' });
    expect(lines.join('')).not.toMatch(/stack|"level":50/);
    expect((await postEvent(bridge, event())).status).toBe(202);
  });
});
