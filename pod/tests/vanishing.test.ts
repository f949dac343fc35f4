import type { CatchUpAnswer, Push, Target } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagOfCall } from '../src/apply/tags.ts';
import { createGuard } from '../src/guard/guard.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

let bridge: Awaited<ReturnType<typeof startBridge>>;
let says: CatchUpAnswer;

beforeEach(async () => {
  says = { epoch, upTo: 5, targets: [] };
  bridge = await startBridge(podSecret, ({ answer }) => answer(says));
});
afterEach(() => bridge.stop());

const taken: Target = { path: '/taken', vanishes: true };
/** What Next.js calls the page, and every page. */
const [ofTaken, ofLeft, ofAll] = ['_N_T_/taken', '_N_T_/left', '_N_T_/layout'];

/** A pod at 5 whose framework tells the guard at once what it hears, and which has made two pages. */
async function start(settings: Record<string, string> = {}) {
  const guard = createGuard(() => () => null);
  const hear = (call: Parameters<typeof tagOfCall>[0]) => void guard.ledger.invalidate([tagOfCall(call)]);
  const invalidator = {
    path: (path: string, scope?: 'page' | 'layout') => hear(scope === undefined ? { path } : { path, scope }),
    tag: (tag: string) => hear({ tag }),
  };
  const pod = startPod(
    { EVERYPOD_BRIDGE_URL: bridge.url, ...settings },
    { invalidator, guarding: () => ({ guard, whole: true }), background: () => undefined },
  );
  await pod.probe();
  const madeAt = guard.tick;
  // While it is being made, nothing that is invalidated has settled, which would take away all of it.
  guard.makings.begin('/other', madeAt, null);
  const isKept = (tag: string, tick = madeAt) => !guard.ledger.isGoneForGood([tag, ofAll], tick);
  return { ...pod, pod, guard, isKept, kept: () => ({ taken: isKept(ofTaken), left: isKept(ofLeft) }) };
}

const all = { taken: true, left: true };
const allButTaken = { taken: false, left: true };
const none = { taken: false, left: false };

describe('of what a pod had before a catch-up, it keeps', () => {
  it.each<{ what: string; answer: CatchUpAnswer; kept: typeof all }>([
    {
      what: 'all but what vanished, after everything that names it',
      answer: { epoch, upTo: 9, everything: true, vanishing: [taken] },
      kept: allButTaken,
    },
    {
      what: 'all, after everything where nothing has vanished',
      answer: { epoch, upTo: 9, everything: true, vanishing: [] },
      kept: all,
    },
    {
      what: 'nothing, after everything that does not tell what has vanished',
      answer: { epoch, upTo: 9, everything: true },
      kept: none,
    },
    {
      what: 'nothing, after everything of another epoch',
      answer: { epoch: 'epoch-two', upTo: 9, everything: true },
      kept: none,
    },
    {
      what: 'nothing, after targets of another epoch, which mean everything',
      answer: { epoch: 'epoch-two', upTo: 9, targets: [{ path: '/left' }] },
      kept: none,
    },
    {
      what: 'all but what vanished, after targets',
      answer: { epoch, upTo: 9, targets: [{ path: '/left' }, taken] },
      kept: allButTaken,
    },
    {
      what: 'nothing where the whole site vanished',
      answer: {
        epoch,
        upTo: 9,
        everything: true,
        vanishing: [{ path: '/', scope: 'layout', vanishes: true }],
      },
      kept: none,
    },
  ])('$what', async ({ answer, kept }) => {
    const pod = await start();
    says = answer;
    await pod.probe();
    expect(pod.kept()).toEqual(kept);
  });

  it('what is made after it, whatever is not known of before', async () => {
    const pod = await start();
    says = { epoch, upTo: 9, everything: true };
    await pod.probe();
    const madeAt = pod.guard.tick;
    says = { epoch, upTo: 10, targets: [{ path: '/taken' }] };
    await pod.probe();
    expect(pod.isKept(ofTaken, madeAt)).toBe(true);
  });
});

describe('of what a pod at 5 had before a push, it keeps', () => {
  it.each<{ what: string; push: Partial<Push>; kept: typeof all }>([
    {
      what: 'all but what vanished, after everything that names it',
      push: { after: 5, upTo: 9, everything: true, vanishing: [taken] },
      kept: allButTaken,
    },
    {
      what: 'nothing, after everything that names what vanished since a number that it had not reached',
      push: { after: 6, upTo: 9, everything: true, vanishing: [] },
      kept: none,
    },
    {
      what: 'nothing, after everything of an epoch that it had not reached',
      push: { epoch: 'epoch-two', after: 5, upTo: 9, everything: true, vanishing: [] },
      kept: none,
    },
    {
      what: 'nothing, after everything that does not tell what has vanished',
      push: { after: 0, upTo: 9, everything: true },
      kept: none,
    },
  ])('$what', async ({ push, kept }) => {
    const pod = await start();
    await pod.push(push);
    expect(pod.kept()).toEqual(kept);
  });
});

it('everything for want of a bridge takes away what was said to vanish, and nothing else', async () => {
  const pod = await start({ EVERYPOD_LEASE_SECONDS: '30', EVERYPOD_SETTLE_SECONDS: '60' });
  await pod.push({ after: 5, upTo: 6, targets: [taken] });
  await bridge.stop();
  pod.clock.nowMs += 31_000;
  await pod.probe();
  expect(pod.state.withoutBridge).toBe('lease');
  expect(pod.kept()).toEqual(allButTaken);
  bridge = await startBridge(podSecret, ({ answer }) => answer(says));
});
