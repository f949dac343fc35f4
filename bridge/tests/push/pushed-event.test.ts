import { limits as messageLimits } from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import { event, probe, quick, type Started, send, startBridge, startWorld } from '../harness.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100, otherPagesAfterMs: 0, grantSweepMs: 20 };

let bridge: Started;
let pod: TestPod;

beforeEach(async () => {
  const world = await startWorld();
  pod = await world.addPod(11);
  bridge = await startBridge(world, { limits: patient });
  pod.isSecond = true;
  for (const _ of ['starts over', 'says where it is']) await probe(bridge, pod);
});

const sendOne = () => send(bridge, event([{ path: '/hello' }, { tag: 'wp:post:1' }]), { wait: 5 });

describe('a push to a pod that takes visits', () => {
  beforeEach(async () => {
    pod.takesVisits = true;
    // It has said so in its answer to one.
    await sendOne();
    pod.settle();
  });

  it('says for which event it is, how long ago that was accepted, and for how long pages may be kept', async () => {
    const { id } = await sendOne();
    const pushed = pod.pushes.at(-1)?.event;
    expect(pushed).toEqual({
      id,
      site: 'https://example.org',
      ageMs: expect.any(Number),
      keepMs: expect.any(Number),
    });
    const { ageMs = -1, keepMs = -1 } = pushed ?? {};
    expect(ageMs).toBeGreaterThanOrEqual(0);
    expect(ageMs).toBeLessThan(5_000);
    expect(keepMs).toBeGreaterThan(0);
    expect(keepMs).toBeLessThanOrEqual(messageLimits.keepMs - ageMs);
  });

  it('has no pages kept over a gap, in which there may be anything', async () => {
    pod.misbehave(({ response }) => void response.writeHead(500).end());
    await send(bridge, event([{ tag: 'missed' }]), { wait: 1 });
    pod.misbehave(null);
    const { id } = await sendOne();
    const carrying = pod.pushes.find((push) => push.event?.id === id);
    expect(carrying?.event?.keepMs ?? 0).toBe(0);
  });

  it('of everything is for no event', async () => {
    const paths = Array.from({ length: 313 }, (_, nth) => ({ path: `/é-${nth}` }));
    await send(bridge, event(paths), { wait: 5 });
    expect(pod.pushes.at(-1)).toMatchObject({ everything: true });
    expect(pod.pushes.at(-1)).not.toHaveProperty('event');
  });

  it('is sent once more without to one that went back to 0.1.0, and takes no new word', async () => {
    const refused: unknown[] = [];
    pod.isSecond = false;
    pod.takesVisits = false;
    pod.misbehave(({ response, message, proper }) => {
      // Questions and grants are for the second protocol, too.
      if ('event' in message || 'ask' in message) {
        if (!('ask' in message)) refused.push(message);
        response.writeHead(400).end();
        return;
      }
      const { headers, body } = proper();
      response.writeHead(200, headers).end(body);
    });
    expect(await sendOne()).toMatchObject({ pods: [{ state: 'applied', attempts: 1 }] });
    expect(refused).toHaveLength(1);
    // By then it is known, and nothing is refused.
    await sendOne();
    expect(refused).toHaveLength(1);
  });
});

describe('a push to a pod that takes no visits', () => {
  it.each([{ isSecond: true }, { isSecond: false }])('says nothing of an event: %o', async ({ isSecond }) => {
    pod.isSecond = isSecond;
    for (let times = 0; times < 2; times += 1) await sendOne();
    for (const push of pod.pushes) expect(push).not.toHaveProperty('event');
  });
});
