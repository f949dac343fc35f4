import type { Cursor, Pods as Standings } from '@everypod/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealings, type Healings } from '../src/healing/healing.ts';
import { limits } from '../src/limits.ts';

const start = Date.parse('2026-01-01T10:00:00.000Z');
const pod = { name: 'nextjs-b', ip: '127.0.0.12' };

let now: number;
let looks: number;
let bridge: Standings | null;
let probed: Cursor | null;
let healings: Healings;

beforeEach(() => {
  now = start;
  looks = 0;
  bridge = null;
  probed = null;
  const standings = async () => {
    looks += 1;
    return bridge;
  };
  healings = createHealings({
    standings,
    cursorOf: () => probed,
    changed: () => {},
    now: () => now,
    pollMs: 2,
  });
});

/** What the bridge says of the pod from now on: heard of so much after the start. */
function says(behind: number | null, heardAfterMs: number) {
  const lastSeen = new Date(start + heardAfterMs).toISOString();
  const told = { instance: 'life-of-b', cursor: null, settled: null, builtAt: null, live: true };
  bridge = {
    epoch: 'epoch-of-test',
    head: 7,
    discovery: [],
    pods: [{ ...pod, ...told, behind, lastSeen }],
  };
}

const looked = async () => {
  const before = looks;
  await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 1));
};

describe('a pod that was thawed', () => {
  it('has healed when it tells the bridge that it misses nothing', async () => {
    healings.began(pod, 'thaw');
    expect(healings.of(pod.name)).toEqual({ from: 'thaw', ms: null });
    says(0, 4_000);
    await vi.waitFor(() => expect(healings.of(pod.name)).toEqual({ from: 'thaw', ms: 4_000 }));
  });

  it.each([
    ['what it told before is all that the bridge knows', 0, -1],
    ['it is behind', 2, 4_000],
    ['its cursor is of another epoch', null, 4_000],
  ])('has not healed while %s', async (_, behind, heardAfterMs) => {
    says(behind, heardAfterMs);
    healings.began(pod, 'thaw');
    await looked();
    expect(healings.of(pod.name)).toEqual({ from: 'thaw', ms: null });
  });

  it('has not healed while the bridge does not answer', async () => {
    healings.began(pod, 'thaw');
    await looked();
    expect(healings.of(pod.name)).toEqual({ from: 'thaw', ms: null });
  });

  it('heals from nothing any more when it is killed meanwhile', () => {
    healings.began(pod, 'thaw');
    healings.ended(pod.name);
    expect(healings.of(pod.name)).toBeNull();
  });

  it('is watched for a bounded time', async () => {
    healings.began(pod, 'thaw');
    now += limits.healingWatchMs + 1;
    await vi.waitFor(() => expect(healings.of(pod.name)).toBeNull());
  });
});

it('a pod that was started has healed with the first probe that finds it at the head', async () => {
  says(null, 500);
  healings.began(pod, 'start');
  probed = { epoch: 'epoch-of-test', seq: 6 };
  await looked();
  expect(healings.of(pod.name)?.ms).toBeNull();
  now += 1_200;
  probed = { epoch: 'epoch-of-test', seq: 7 };
  await vi.waitFor(() => expect(healings.of(pod.name)).toEqual({ from: 'start', ms: 1_200 }));
});

it('a pod that was thawed has not healed by what a probe found before', async () => {
  says(null, 500);
  probed = { epoch: 'epoch-of-test', seq: 7 };
  healings.began(pod, 'thaw');
  await looked();
  expect(healings.of(pod.name)?.ms).toBeNull();
});

it('nobody is asked once all pods have healed', async () => {
  says(0, 1_000);
  healings.began(pod, 'start');
  await vi.waitFor(() => expect(healings.of(pod.name)?.ms).toBe(1_000));
  const asked = looks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(looks).toBe(asked);
});
