import { problemSchema } from '@everypod/contract';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import {
  event,
  postCatchUp,
  postEvent,
  probe,
  quick,
  reportOf,
  type Started,
  send,
  startBridge,
  startWorld,
  type World,
} from '../harness.ts';
import { startValkey, type TestValkey } from './server.ts';

const patient = {
  ...quick,
  eventBudgetMs: 60_000,
  valkeyStartMs: 2_000,
  valkeyCommandMs: 1_200,
  journalRetryMs: 100,
};

let valkey: TestValkey;
let world: World;
let bridge: Started;
let pod: TestPod;
let lines: string[];
const logged = () => lines.join('');

beforeEach(async () => {
  lines = [];
  valkey = await startValkey({ requirepass: 'open sesame' });
  world = await startWorld({ EVERYPOD_JOURNAL: valkey.url });
  pod = await world.addPod(11);
});

async function start() {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  bridge = await startBridge(world, { limits: patient, log });
}

const readyz = async () => {
  const answer = await fetch(`${bridge.url}/readyz`);
  return { status: answer.status, ...(await answer.json()) };
};
const isReady = () => vi.waitFor(async () => expect(await readyz()).toMatchObject({ status: 200 }), 10_000);

async function expectRefusals(reason: RegExp) {
  const refused = await postEvent(bridge);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  const problem = problemSchema.parse(await refused.json());
  expect(problem.type).toBe('urn:everypod:problem:journal-unavailable');
  expect(problem.detail).toMatch(reason);
  const asked = await postCatchUp(bridge, { pod: pod.identity, cursor: null, settled: null, builtAt: null });
  expect(asked.status).toBe(503);
  expect(await readyz()).toMatchObject({ status: 503, ready: false, reason: expect.stringMatching(reason) });
  expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
}

describe('while Valkey is away, a bridge', () => {
  it('refuses events and catch-up with the reason, and heals by itself', async () => {
    await start();
    await send(bridge, event([{ tag: 'before' }]), { wait: 5 });
    await valkey.kill();
    await expectRefusals(/cannot be reached/);
    await valkey.start();
    await isReady();
    expect((await reportOf(bridge, (await send(bridge)).id)).seq).toBeGreaterThan(1);
    expect(await probe(bridge, pod)).toMatchObject({ everything: true });
  });

  it('does not wait for one that hangs, and keeps nothing for it', async () => {
    await start();
    valkey.freeze();
    const startedAt = performance.now();
    await expectRefusals(/did not answer in time|cannot be reached/);
    expect(performance.now() - startedAt).toBeLessThan(6 * patient.valkeyCommandMs);
    valkey.thaw();
    await isReady();
    await send(bridge);
    const { seq } = await send(bridge);
    expect(seq).toBe(2);
  });

  it('starts all the same, says that it is not ready, and takes up its work later', async () => {
    await valkey.kill();
    await start();
    await expectRefusals(/cannot be reached/);
    await valkey.start();
    await isReady();
    await send(bridge, event([{ tag: 'after' }]), { wait: 5 });
    expect(pod.applied).toContain('tag after');
  });

  it('pushes what it had accepted once it can ask the journal again', async () => {
    await start();
    world.list([]);
    const { id } = await send(bridge, event([{ tag: 'accepted' }]));
    valkey.freeze();
    world.list([pod.identity.ip]);
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).counts.asked).toBe(1), 10_000);
    valkey.thaw();
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).state).toBe('applied'), 10_000);
    expect(pod.applied).toContain('tag accepted');
  });

  it('takes up what Valkey has stored and could not confirm, though nobody sends it again', async () => {
    await start();
    await send(bridge, event([{ tag: 'first' }]), { wait: 5 });
    valkey.freeze();
    expect((await postEvent(bridge, event([{ tag: 'unsure' }]), { id: 'evt_unsure' })).status).toBe(503);
    valkey.thaw();
    await vi.waitFor(() => expect(pod.applied).toContain('tag unsure'), 10_000);
    expect(await send(bridge, event([{ tag: 'unsure' }]), { id: 'evt_unsure' })).toMatchObject({ seq: 2 });
  });

  it('stops in order', async () => {
    await start();
    await send(bridge);
    await valkey.kill();
    await bridge.stop();
    expect(logged()).toContain('"stopped"');
  });
});

describe('the password of Valkey', () => {
  it('is in no line of the log and in no answer', async () => {
    await start();
    await send(bridge);
    await valkey.kill();
    await expectRefusals(/cannot be reached/);
    expect(logged()).not.toMatch(/sesame/);
  });

  it('is named as the cause when it is wrong', async () => {
    world = await startWorld({ EVERYPOD_JOURNAL: valkey.url.replace('open', 'shut') });
    await start();
    await expectRefusals(/WRONGPASS|NOAUTH/);
    expect(logged()).not.toMatch(/sesame/);
  });
});

it('a Valkey that may lose what it has confirmed makes a bridge unready, which says what to set', async () => {
  await valkey.ask('CONFIG', 'SET', 'appendfsync', 'everysec');
  await start();
  expect(await readyz()).toMatchObject({
    status: 503,
    reason: expect.stringContaining('appendfsync always'),
  });
  expect((await postEvent(bridge)).status).toBe(503);
  world.environment.EVERYPOD_JOURNAL_VOUCHED = 'if-it-loses-writes-pods-stay-stale';
  await start();
  expect(await readyz()).toMatchObject({ status: 200 });
  await send(bridge);
});

it('a user of Valkey who may do no more than the bridge needs is enough', async () => {
  const allowed = '+@read +@write +@scripting +@connection +info +time +config|get'.split(' ');
  await valkey.ask('ACL', 'SETUSER', 'everypod', 'on', '>secret', '~{everypod}:*', ...allowed);
  world = await startWorld({ EVERYPOD_JOURNAL: `redis://everypod:secret@127.0.0.1:${valkey.port}` });
  pod = await world.addPod(12);
  await start();
  expect(await readyz()).toMatchObject({ status: 200 });
  const { id } = await send(bridge, event(), { wait: 5 });
  await probe(bridge, pod);
  pod.settle();
  await probe(bridge, pod);
  await vi.waitFor(async () => expect((await reportOf(bridge, id)).final).toBe(true), 10_000);
  expect(
    lines.filter((line) => /"level":[456]0/.test(line) && !line.includes('There is no journal')),
  ).toEqual([]);
});
