import {
  limits,
  newMessageId,
  newSecret,
  parseSecrets,
  problemSchema,
  reportSchema,
  sign,
} from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  event,
  podsOf,
  postEvent,
  probe,
  reportOf,
  type Started,
  secret,
  send,
  signedGet,
  startBridge,
  startWorld,
  type World,
} from '../harness.ts';

let world: World;
let bridge: Started;
beforeEach(async () => {
  world = await startWorld();
  bridge = await startBridge(world);
});

async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await answer.json());
}

describe('POST /v1/events', () => {
  it('answers 202 with the report so far, at once', async () => {
    await world.addPod(11);
    const answer = await postEvent(bridge, event(), { id: 'evt_1' });
    expect(answer.status).toBe(202);
    expect(reportSchema.parse(await answer.json())).toMatchObject({
      id: 'evt_1',
      state: 'accepted',
      final: false,
    });
  });

  it('answers 202 when every pod has answered, and 200 with the final report once they have settled', async () => {
    const pod = await world.addPod(11);
    await probe(bridge, pod);
    const answer = await postEvent(bridge, event(), { id: 'evt_1', wait: 5 });
    expect(answer.status).toBe(202);
    expect(reportSchema.parse(await answer.json())).toMatchObject({ state: 'applied', final: false });
    pod.settle();
    await probe(bridge, pod);
    const again = await postEvent(bridge, event(), { id: 'evt_1' });
    expect(again.status).toBe(200);
    expect(reportSchema.parse(await again.json())).toMatchObject({ state: 'settled', final: true });
  });

  it('waits until every pod has answered once, and no longer', async () => {
    const [good, bad] = [await world.addPod(11), await world.addPod(12)];
    await probe(bridge, good);
    bad.misbehave(({ response }) => void response.writeHead(500).end());
    const answer = await postEvent(bridge, event(), { wait: 30 });
    expect(answer.status).toBe(202);
    const { counts } = reportSchema.parse(await answer.json());
    expect(counts).toMatchObject({ applied: 1, failed: 1, asked: 0 });
  });

  it.each([
    ['wait=1', true],
    ['respond-async, wait=1', true],
    ['wait=-1', false],
    ['wait=soon', false],
    ['return=minimal', false],
  ])('reads "Prefer: %s"', async (prefer, waits) => {
    await world.addPod(11).then((pod) => probe(bridge, pod));
    const { state } = await send(bridge, event(), { headers: { prefer } });
    expect(state).toBe(waits ? 'applied' : 'accepted');
  });

  it('answers the same id with the same report, and journals it once', async () => {
    const pod = await world.addPod(11);
    await probe(bridge, pod);
    const first = await send(bridge, event(), { id: 'evt_twice', wait: 5 });
    const second = await send(bridge, event(), { id: 'evt_twice', wait: 5 });
    expect(second).toEqual(first);
    expect(pod.pushes).toHaveLength(1);
    expect((await send(bridge, event(), { wait: 5 })).seq).toBe(first.seq + 1);
  });

  it('answers 409 to the same id with another body', async () => {
    await send(bridge, event([{ tag: 'a' }]), { id: 'evt_reused' });
    const answer = await postEvent(bridge, event([{ tag: 'b' }]), { id: 'evt_reused' });
    expect(answer.status).toBe(409);
    expect((await problemOf(answer)).type).toBe('urn:everypod:problem:id-reused');
  });

  describe('that it does not trust', () => {
    const raw = JSON.stringify(event());
    const signed = (by = secret, id = newMessageId('evt'), at = Date.now(), body = raw) => ({
      ...sign(parseSecrets(by), id, at, body),
    });
    const table: Array<[string, () => Record<string, string>]> = [
      ['without any signature', () => ({})],
      ['without an id', () => ({ ...signed(), 'webhook-id': '' })],
      ['without a time', () => ({ ...signed(), 'webhook-timestamp': '' })],
      ['signed with another secret', () => signed(newSecret())],
      ['signed for another body', () => signed(secret, 'evt_a', Date.now(), `${raw} `)],
      ['with another id than was signed', () => ({ ...signed(), 'webhook-id': 'evt_other' })],
      [
        'with another time than was signed',
        () => ({ ...signed(), 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 1) }),
      ],
      ['older than five minutes', () => signed(secret, 'evt_b', Date.now() - 302_000)],
      ['newer than five minutes', () => signed(secret, 'evt_c', Date.now() + 302_000)],
      ['with a time that is not one', () => ({ ...signed(), 'webhook-timestamp': '1674000000junk' })],
      ['with an id out of form', () => ({ ...signed(), 'webhook-id': 'evt.1' })],
      ['with a signature that is not base64', () => ({ ...signed(), 'webhook-signature': 'v1,????' })],
      ['with another scheme only', () => ({ ...signed(), 'webhook-signature': 'v1a,AAAA' })],
      [
        'with nine signatures',
        () => ({ ...signed(), 'webhook-signature': Array(9).fill(signed()['webhook-signature']).join(' ') }),
      ],
    ];

    it.each(table)('%s, gets one and the same 401', async (_, headers) => {
      const answer = await fetch(`${bridge.url}/v1/events`, {
        method: 'POST',
        body: raw,
        headers: headers(),
      });
      expect(answer.status).toBe(401);
      expect(await problemOf(answer)).toEqual({
        type: 'urn:everypod:problem:unauthorized',
        title: 'The signature was not accepted',
        status: 401,
        detail: 'Sign it with the secret that this bridge has, and check the clock.',
      });
    });

    it('is checked before it is parsed', async () => {
      const answer = await fetch(`${bridge.url}/v1/events`, { method: 'POST', body: '{"not":' });
      expect(answer.status).toBe(401);
    });

    it('does not use up its id', async () => {
      await postEvent(bridge, event([{ tag: 'forged' }]), { id: 'evt_claimed', secret: newSecret() });
      expect((await send(bridge, event(), { id: 'evt_claimed' })).id).toBe('evt_claimed');
    });
  });

  it.each([
    ['what is not JSON', '{"type":', 'not JSON'],
    ['another form', '{"hello":"world"}', 'type:'],
    ['no targets', JSON.stringify(event([])), 'data.targets:'],
    ['a path without its slash', JSON.stringify(event([{ path: 'hello' }])), 'data.targets.0'],
    ['a tag that Next.js would ignore', JSON.stringify(event([{ tag: 'x'.repeat(257) }])), 'data.targets.0'],
  ])('answers 400 to %s, and says where', async (_, body, detail) => {
    const answer = await postEvent(bridge, body);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).detail).toContain(detail);
  });

  it.each([
    ['a byte that UTF-8 never has', Buffer.from([0xe9])],
    ['a character that is cut off', Buffer.from([0xc3])],
    ['half a character', Buffer.from([0xed, 0xa0, 0xbd])],
    ['half a character, escaped', Buffer.from('\\ud83d')],
  ])('A7 answers 400 to a path with %s, and journals nothing', async (_, broken) => {
    const [before, after] = JSON.stringify(event([{ path: '/caf#' }])).split('#');
    const raw = Buffer.concat([Buffer.from(before ?? ''), broken, Buffer.from(after ?? '')]);
    const answer = await fetch(`${bridge.url}/v1/events`, {
      method: 'POST',
      body: raw,
      headers: { ...sign(parseSecrets(secret), 'evt_broken', Date.now(), raw) },
    });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).detail).toMatch(/UTF-8|half a character/);
    expect((await podsOf(bridge)).head).toBe(0);
  });

  it('takes an event of 4,000 targets, and journals each', async () => {
    const targets = Array.from({ length: limits.targetsPerEvent }, (_, nth) => ({ tag: `t${nth}` }));
    const report = await send(bridge, event(targets), { id: 'evt_wide' });
    expect([report.seq, report.targets]).toEqual([1, targets]);
  });

  it('takes an event of 64,000 bytes', async () => {
    const fill = (bytes: number) =>
      event(Array.from({ length: 100 }, () => ({ path: `/${'x'.repeat(bytes)}` })));
    const spare = limits.eventBodyBytes - Buffer.byteLength(JSON.stringify(fill(0)));
    const wide = fill(Math.floor(spare / 100));
    expect(Buffer.byteLength(JSON.stringify(wide))).toBeGreaterThan(limits.eventBodyBytes - 100);
    expect((await postEvent(bridge, wide)).status).toBe(202);
  });

  it('takes one that is about many, of which a bridge needs to know nothing', async () => {
    const posts = Array.from({ length: limits.subjectsPerEvent }, (_, nth) => `${nth + 1}`);
    const many = event(posts.map((id) => ({ tag: `wp:post:${id}` })));
    const subjects = posts.map((id) => ({ kind: 'post', id, title: '', change: 'post.updated' }));
    const report = await send(bridge, { ...many, data: { ...many.data, subjects } }, { id: 'evt_many' });
    expect(report.targets).toHaveLength(200);
  });

  it('answers 413 to more than 64,000 bytes', async () => {
    const wide = event(Array.from({ length: 70 }, (_, index) => ({ path: `/${index}${'x'.repeat(900)}` })));
    const answer = await postEvent(bridge, wide);
    expect(answer.status).toBe(413);
    expect((await problemOf(answer)).type).toBe('urn:everypod:problem:too-large');
  });

  it('accepts a message signed with the old secret while both are set', async () => {
    const old = newSecret();
    world.environment.EVERYPOD_SECRET = `${secret}\n${old}\n`;
    const rotating = await startBridge({
      ...world,
      environment: { ...world.environment, EVERYPOD_JOURNAL: 'sqlite::memory:' },
    });
    expect((await postEvent(rotating, event(), { secret: old })).status).toBe(202);
    expect((await postEvent(rotating, event(), { secret })).status).toBe(202);
  });
});

describe('GET /v1/events/{id}', () => {
  it('gives the report to who signs for this very address', async () => {
    await send(bridge, event(), { id: 'evt_here' });
    expect((await reportOf(bridge, 'evt_here')).id).toBe('evt_here');
    const headers = sign(parseSecrets(secret), 'get_1', Date.now(), 'GET /v1/pods');
    expect((await fetch(`${bridge.url}/v1/events/evt_here`, { headers: { ...headers } })).status).toBe(401);
  });

  it('knows no event that it never took', async () => {
    const answer = await signedGet(bridge, '/v1/events/evt_nowhere');
    expect(answer.status).toBe(404);
    expect((await problemOf(answer)).type).toBe('urn:everypod:problem:unknown-event');
  });
});

describe('other addresses', () => {
  it.each([
    ['GET', '/v1/events', 405],
    ['DELETE', '/v1/events/evt_1', 405],
    ['POST', '/v1/pods', 405],
    ['GET', '/v1/catch-up', 405],
    ['POST', '/healthz', 405],
    ['PUT', '/readyz', 405],
    ['DELETE', '/metrics', 405],
    ['GET', '/', 404],
    ['GET', '/v1', 404],
  ])('%s %s answers %i as a problem', async (method, path, status) => {
    const answer = await fetch(bridge.url + path, { method });
    expect(answer.status).toBe(status);
    await problemOf(answer);
  });

  it('tell orchestrators how the bridge is, and Prometheus what it did', async () => {
    await send(bridge);
    expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${bridge.url}/readyz`)).json()).toEqual({ ready: true });
    const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
    expect(metrics).toContain('everypod_events_total{kind="accepted"} 1');
  });
});
