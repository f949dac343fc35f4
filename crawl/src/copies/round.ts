import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { addresses } from '../pages/addresses.ts';
import { type Copy, each, readCopy, readTruth } from './copy.ts';

type Pod = { name: string; url: string };

/** What every pod gives and what it should give, by path, at one moment at which nobody changes anything. */
export type Round = { truths: Map<string, Copy>; copies: Map<string, Copy>[] };

let rounds = 0;

/** @param again for how long a copy that is not as it should be is read again */
export async function readRound(pods: readonly Pod[], again: number = limits.copyMs): Promise<Round> {
  rounds += 1;
  const round = `${rounds}`;
  const asked = pods[rounds % pods.length] as Pod;
  const truths = await byPath(limits.truthsAtOnce, (path) => readTruth(asked, round, path));
  const copies = await Promise.all(
    pods.map((pod) => byPath(limits.copiesAtOnce, (path) => readCopy(pod, path))),
  );
  const giveUpAtMs = performance.now() + again;
  for (;;) {
    const old = pods.flatMap((pod, at) =>
      addresses
        .filter((path) => !same(truths.get(path), copies[at]?.get(path)))
        .map((path) => ({ pod, at, path })),
    );
    if (old.length === 0 || performance.now() > giveUpAtMs) return { truths, copies };
    await delay(limits.copyPauseMs);
    await each(old, limits.copiesAtOnce, async ({ pod, at, path }) =>
      copies[at]?.set(path, await readCopy(pod, path)),
    );
  }
}

export const same = (one: Copy | undefined, other: Copy | undefined) =>
  one?.status === other?.status && one?.text === other?.text;

async function byPath(atOnce: number, read: (path: string) => Promise<Copy>): Promise<Map<string, Copy>> {
  return new Map(await each(addresses, atOnce, async (path) => [path, await read(path)] as const));
}
