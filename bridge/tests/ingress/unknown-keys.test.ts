import { askDirected, newMessageId, parseSecrets, type Report, sign, type Target } from '@everypod/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { goldenMessages } from '../../../contract/tests/golden-messages.ts';
import { withUnknownKeys } from '../../../contract/tests/with-unknown-keys.ts';
import {
  afterThisTest,
  event,
  podSecret,
  podsOf,
  postEvent,
  probe,
  quick,
  type Started,
  secret,
  send,
  startBridge,
  startWorld,
  type World,
} from '../harness.ts';
import { startWordPress } from '../outbox/wordpress.ts';

let world: World;
let bridge: Started;
beforeEach(async () => {
  world = await startWorld();
  bridge = await startBridge(world);
});

const golden = (message: string) =>
  goldenMessages
    .filter((one) => one.message === message && one.valid)
    .map(({ name, value }) => ({ name, value }));
const everywhere = (value: unknown) => withUnknownKeys(value).at(-1)?.value;

async function post(path: string, body: string, by: string, id = newMessageId('later')) {
  const headers = { ...sign(parseSecrets(by), id, Date.now(), body), ...askDirected };
  const answer = await fetch(bridge.url + path, { method: 'POST', body, headers });
  return { id, status: answer.status, text: await answer.text() };
}

describe('A21 a request of a later version', () => {
  it.each(golden('event'))('event: "$name" is taken for what is known of it', async ({ value }) => {
    const { targets } = (value as { data: { targets: Target[] } }).data;
    for (const { where, value: extended } of withUnknownKeys(value)) {
      const { status, text } = await post('/v1/events', JSON.stringify(extended), secret);
      expect({ where, status, targets: (JSON.parse(text) as Report).targets }).toEqual({
        where,
        status: 202,
        targets,
      });
      expect(text).not.toContain('laterOn');
    }
  });

  it('is the same message only where it has the same bytes', async () => {
    const later = JSON.stringify(everywhere(event()));
    const { id, status } = await post('/v1/events', later, secret);
    expect(status).toBe(202);
    expect((await post('/v1/events', later, secret, id)).status).toBe(202);
    expect((await postEvent(bridge, event(), { id })).status).toBe(409);
  });

  it('reaches pods and those that catch up without what nobody knows', async () => {
    const pod = await world.addPod(11);
    await probe(bridge, pod);
    const told: string[] = [];
    pod.misbehave(({ request, response, proper }) => {
      const answer = proper();
      told.push(JSON.stringify(pod.pushes), String(request.headers['content-length']));
      response.writeHead(200, answer.headers).end(answer.body);
    });
    await post('/v1/events', JSON.stringify(everywhere(event())), secret);
    await vi.waitFor(() => expect(pod.applied).toContain('tag wp:post:1'));
    // Its length tells that the parsed push is all there was.
    expect(told[1]).toBe(String(JSON.stringify(pod.pushes[0]).length));
    const cursor = { epoch: pod.cursor?.epoch, seq: 0 };
    const question = { pod: pod.identity, cursor, settled: null, builtAt: null };
    const { text } = await post('/v1/catch-up', JSON.stringify(question), podSecret);
    expect(Object.keys(JSON.parse(text))).toEqual(['epoch', 'upTo', 'targets']);
    expect(text).not.toContain('laterOn');
  });

  it.each(golden('catch-up'))('catch-up: "$name" is answered', async ({ value }) => {
    for (const { where, value: extended } of withUnknownKeys(value)) {
      const { status, text } = await post('/v1/catch-up', JSON.stringify(extended), podSecret);
      expect({ where, status }).toEqual({ where, status: 200 });
      expect(JSON.parse(text)).toMatchObject({ everything: true });
    }
    expect(JSON.stringify(await podsOf(bridge))).not.toContain('laterOn');
  });
});

describe('A21 an answer of a later version', () => {
  it('to a push counts for what is known of it', async () => {
    const pod = await world.addPod(11);
    await probe(bridge, pod);
    const where: string[] = [];
    pod.misbehave(({ request, response, proper }) => {
      const answers = withUnknownKeys({
        ...JSON.parse(proper().body),
        cannot: [{ target: { tag: 'a' }, reason: 'It cannot.' }],
      });
      const { where: place, value } = answers[where.length % answers.length] ?? { where: 'none', value: {} };
      where.push(place);
      const body = JSON.stringify(value);
      response.writeHead(200, pod.sign(request, body)).end(body);
    });
    while (!where.includes('everywhere')) {
      const { pods } = await send(bridge, event(), { wait: 5 });
      expect(pods).toMatchObject([{ state: 'applied', reason: 'a: It cannot.' }]);
    }
    expect(where).toEqual(['top', 'pod', 'cursor', 'cannot.0', 'cannot.0.target', 'everywhere']);
  });

  it('about an outbox counts for what is known of it', async () => {
    const site = await startWordPress();
    afterThisTest(() => site.close());
    site.extend = everywhere;
    site.waiting.push({ id: 'evt_1', body: JSON.stringify(everywhere(event([{ tag: 'a' }]))) });
    const watching = await startWorld({ EVERYPOD_WORDPRESS: site.url });
    const fetching = await startBridge(watching, { limits: { ...quick, outboxEveryMs: 60 } });
    await vi.waitFor(() => expect(site.waiting).toEqual([]), { timeout: 5_000 });
    expect((await podsOf(fetching)).head).toBe(1);
  });
});
