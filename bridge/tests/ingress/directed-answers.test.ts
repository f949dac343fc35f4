import {
  askDirected,
  createAnswerTrust,
  getBody,
  newMessageId,
  parseSecrets,
  sign,
  verify,
} from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { event, podSecret, type Started, secret, send, startBridge, startWorld } from '../harness.ts';

let bridge: Started;
beforeEach(async () => {
  bridge = await startBridge(await startWorld());
  await send(bridge, event(), { id: 'evt_known' });
});

const pod = { ip: '10.0.0.7', name: 'nextjs-a', instance: 'instance-1' };
const catchUp = JSON.stringify({ pod, cursor: null, settled: null, builtAt: null });
type Route = { what: string; status: number; path: string; body?: string; id?: string; by?: string };
const routes: Route[] = [
  { what: 'an event', status: 202, path: '/v1/events', body: JSON.stringify(event()) },
  { what: 'an event that is none', status: 400, path: '/v1/events', body: '{}' },
  {
    what: 'an id used twice',
    status: 409,
    path: '/v1/events',
    body: JSON.stringify(event([{ tag: 'b' }])),
    id: 'evt_known',
  },
  { what: 'a report', status: 200, path: '/v1/events/evt_known' },
  { what: 'a report that is not there', status: 404, path: '/v1/events/evt_none' },
  { what: 'the pods', status: 200, path: '/v1/pods' },
  { what: 'a catch-up', status: 200, path: '/v1/catch-up', body: catchUp, by: podSecret },
];

async function ask({ path, body, id = newMessageId('ask'), by = secret }: Route, extra = {}) {
  const secrets = parseSecrets(by);
  const signed = body ?? getBody(path);
  const headers = { ...sign(secrets, id, Date.now(), signed), ...extra };
  const answer = await fetch(bridge.url + path, {
    headers,
    ...(body !== undefined && { method: 'POST', body }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const asked = { peer: 'bridge', secrets, id, signed, nowMs: Date.now() };
  const verdict = createAnswerTrust().verify({ headers: answer.headers, body: bytes }, asked);
  return { answer, bytes, asked, verdict };
}

describe('A9 an answer of the bridge', () => {
  it.each(routes)(
    'to $what is signed in the form that no question has, where that is asked for',
    async (route) => {
      const { answer, bytes, asked, verdict } = await ask(route, askDirected);
      expect(answer.status).toBe(route.status);
      expect(verdict).toEqual({ trusted: true });
      const asRequest = verify(asked.secrets, answer.headers, bytes, asked.nowMs, asked.id);
      expect(asRequest).toEqual({ trusted: false, cause: 'wrong signature' });
      expect(answer.headers.get('content-type')).toContain('json');
    },
  );

  it.each(routes)('to $what stays what it was for one of 0.1.0, which does not ask', async (route) => {
    const { answer, bytes, asked } = await ask(route);
    expect(answer.status).toBe(route.status);
    const { trusted } = verify(asked.secrets, answer.headers, bytes, asked.nowMs, asked.id);
    expect(trusted).toBe(route.by === podSecret);
  });

  it('to a question that is not trusted is not signed', async () => {
    const { answer } = await ask({ what: '', status: 401, path: '/v1/pods', by: podSecret }, askDirected);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('webhook-signature')).toBeNull();
  });
});
