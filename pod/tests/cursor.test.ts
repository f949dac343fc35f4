import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

type Bridge = Awaited<ReturnType<typeof startBridge>>;
let bridge: Bridge;

beforeEach(async () => {
  bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 5, targets: [] }));
});
afterEach(() => bridge.stop());

/** A pod whose cursor stands at 5. */
async function podAtFive() {
  const pod = startPod({ EVERYPOD_BRIDGE_URL: bridge.url });
  await pod.probe();
  return pod;
}

describe('the cursor of a pod at 5', () => {
  const other = 'epoch-two';
  const moves = [
    ['follows a push that starts where it is', { after: 5, upTo: 6 }, { epoch, seq: 6 }],
    ['follows a push that starts before it', { after: 3, upTo: 7 }, { epoch, seq: 7 }],
    ['never goes back for an old push', { after: 2, upTo: 4 }, { epoch, seq: 5 }],
    ['stays before a gap', { after: 6, upTo: 7 }, { epoch, seq: 5 }],
    ['crosses a gap with everything', { after: 6, upTo: 7, everything: true }, { epoch, seq: 7 }],
    ['never goes back for an old everything', { after: 0, upTo: 4, everything: true }, { epoch, seq: 5 }],
    ['stays at a push of another epoch', { epoch: other, after: 5, upTo: 6 }, { epoch, seq: 5 }],
    [
      'joins another epoch with everything',
      { epoch: other, upTo: 2, everything: true },
      { epoch: other, seq: 2 },
    ],
  ] as const;

  it.each(moves)('%s', async (_, push, expected) => {
    const pod = await podAtFive();
    const answer = await pod.push({ ...push, targets: [{ tag: 'a' }] });
    expect(answer.cursor).toEqual(expected);
    expect(pod.told).toContain('#a');
  });

  it('is told at the next catch-up', async () => {
    const pod = await podAtFive();
    await pod.push({ after: 5, upTo: 6 });
    await pod.probe();
    expect(bridge.questions.map(({ cursor }) => cursor)).toEqual([null, { epoch, seq: 6 }]);
  });
});

describe('a cursor that is null', () => {
  it('is moved by no push, although the push is applied', async () => {
    const pod = startPod();
    const answer = await pod.push({ after: 0, upTo: 1, targets: [{ tag: 'a' }] });
    expect(answer).toMatchObject({ ok: true, cursor: null });
    expect(pod.told).toEqual(['#a']);
  });

  it('is moved by a push of everything', async () => {
    const answer = await startPod().push({ after: 0, upTo: 9, everything: true });
    expect(answer.cursor).toEqual({ epoch, seq: 9 });
  });
});

describe('a catch-up', () => {
  it('does not take back what a push moved while it was under way', async () => {
    const pod = await podAtFive();
    bridge.answers(async ({ answer }) => {
      await pod.push({ after: 5, upTo: 8 });
      answer({ epoch, upTo: 6, targets: [] });
    });
    expect((await pod.probe()).cursor).toEqual({ epoch, seq: 8 });
  });

  it('in another epoch invalidates everything, whatever targets it brings', async () => {
    const pod = await podAtFive();
    bridge.answers(({ answer }) => answer({ epoch: 'epoch-two', upTo: 1, targets: [{ tag: 'a' }] }));
    expect((await pod.probe()).cursor).toEqual({ epoch: 'epoch-two', seq: 1 });
    expect(pod.told).toEqual(['/ layout', '#a']);
  });
});
