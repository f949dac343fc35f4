import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hindrance } from '../src/apply/hindrance.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

let bridge: Awaited<ReturnType<typeof startBridge>>;
let hindrance: Hindrance | null;

beforeEach(async () => {
  hindrance = null;
  bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 5, targets: [{ tag: 'a' }] }));
});
afterEach(() => bridge.stop());

const start = (settings: Record<string, string> = {}) =>
  startPod({ EVERYPOD_BRIDGE_URL: bridge.url, ...settings }, { hindrance: () => hindrance });

describe('while an old page may outlive an invalidation', () => {
  const held: Hindrance = { reason: 'The clock was set back.', holdsBack: 'settled' };

  it('the pod applies what it is sent, but settles nothing, and says why', async () => {
    const pod = start();
    await pod.probe();
    hindrance = held;
    bridge.answers(({ answer }) => answer({ epoch, upTo: 6, targets: [] }));
    expect(await pod.push({ after: 5, upTo: 6, targets: [{ tag: 'b' }] })).toMatchObject({
      cursor: { seq: 6 },
    });
    pod.clock.nowMs += 10_000;
    expect(await pod.probe()).toMatchObject({ status: 200, settled: null, note: held.reason });
  });

  it('what waited is applied once more before it is settled', async () => {
    const pod = start();
    hindrance = held;
    await pod.probe();
    pod.clock.nowMs += 60_000;
    bridge.answers(({ answer }) => answer({ epoch, upTo: 5, targets: [] }));
    await pod.probe();
    expect(pod.told).toEqual(['#a']);
    hindrance = null;
    const probe = await pod.probe();
    expect(probe).toMatchObject({ settled: { epoch, seq: 5 } });
    expect(probe).not.toHaveProperty('note');
    expect(pod.told).toEqual(['#a', '#a']);
  });
});

describe('while pages of the build outlive every invalidation', () => {
  const held: Hindrance = { reason: 'The image is from the future.', holdsBack: 'applied' };

  it('the pod is not ready, says why once, and asks for the same again', async () => {
    hindrance = held;
    const pod = start();
    expect(await pod.probe()).toMatchObject({ status: 503, cursor: null, reason: held.reason });
    hindrance = null;
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { seq: 5 } });
    expect(pod.told).toEqual(['#a', '#a']);
  });

  it('no push moves its cursor', async () => {
    hindrance = held;
    const pod = start();
    const answer = await pod.push({ upTo: 9, everything: true });
    expect(answer).toMatchObject({ ok: false, reason: held.reason, cursor: null });
  });

  it('the start limit does not make it ready either, until they no longer do', async () => {
    await bridge.stop();
    hindrance = held;
    const pod = start({ EVERYPOD_START_LIMIT_SECONDS: '0' });
    expect(await pod.probe()).toMatchObject({ status: 503, readyBy: null });
    hindrance = null;
    expect(await pod.probe()).toMatchObject({ status: 200, readyBy: 'start limit' });
  });
});
