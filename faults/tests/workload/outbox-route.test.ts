import { getBody, newMessageId, parseSecret, sign } from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../src/outbound.ts';
import type { Row } from '../../src/workload/outbox.ts';
import { serveOutbox } from '../../src/workload/outbox-route.ts';

const ip = '127.63.0.3';
const secret = parseSecret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const another = parseSecret(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
const row = (id: string): Row => ({ id, body: `{"of":"${id}"}`, targets: [], effects: [] });

let port = 0;
let waiting: Row[];
beforeEach(() => {
  waiting = [row('event_1'), row('event_2')];
  port = 20_000 + Math.floor(Math.random() * 20_000);
  serveOutbox({
    ip,
    port,
    secrets: () => [secret],
    nowMs: Date.now,
    waiting: () => waiting,
    accepted(id) {
      waiting = waiting.filter((one) => one.id !== id);
    },
  });
});

const outbox = '/wp-json/everypod/v1/outbox';

function ask(path: string, { by = secret, body }: { by?: typeof secret; body?: string } = {}) {
  const headers = { ...sign([by], newMessageId('outbox'), Date.now(), body ?? getBody(path)) };
  const posted = body === undefined ? {} : { method: 'POST' as const, body };
  return call({ url: `http://${ip}:${port}${path}`, headers, deadlineMs: 1_000, ...posted });
}

describe('The routes of the sender’s outbox', () => {
  it('tell what waits, to whoever signs for it', async () => {
    const { status, text } = await ask(outbox);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      events: [
        { id: 'event_1', body: '{"of":"event_1"}' },
        { id: 'event_2', body: '{"of":"event_2"}' },
      ],
    });
  });

  it('hear which of it a bridge has', async () => {
    await ask(`${outbox}/accepted`, { body: '{"ids":["event_1"]}' });
    expect(waiting).toEqual([row('event_2')]);
  });

  it.each([
    ['signed with another secret', () => ask(outbox, { by: another }), 401],
    ['of another path', () => ask('/wp-json/everypod/v1/other'), 404],
  ])('refuse a request %s', async (_, asking, status) => {
    expect((await asking()).status).toBe(status);
    expect(waiting).toHaveLength(2);
  });
});
