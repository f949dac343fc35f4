import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { addresses } from '../pages/addresses.ts';
import { type Copy, each, readCopy, readTruth } from './copy.ts';

export type Pod = { name: string; url: string };

/** What every pod gives and what it should give, by path, at one moment at which nobody changes anything. */
export type Round = { truths: Map<string, Copy>; copies: Map<string, Copy>[] };

let rounds = 0;

/**
 * Reads every page on every pod, and each as it would be now. What WordPress answers in one go is only believed where the
 * copies say the same: else the page is made of answers of its own. A copy that is still not the same is read again.
 * @param againMs for how long it is
 */
export async function readRound(
  pods: readonly [Pod, ...Pod[]],
  againMs: number = limits.copyMs,
): Promise<Round> {
  rounds += 1;
  const [asked] = pods;
  const truths = await byPath(limits.truthsAtOnce, (path) => readTruth(asked, `together-${rounds}`, path));
  const copies = await Promise.all(
    pods.map((pod) => byPath(limits.copiesAtOnce, (path) => readCopy(pod, path))),
  );
  const differing = () =>
    pods.flatMap((pod, at) =>
      addresses
        .filter((path) => !same(truths.get(path), copies[at]?.get(path)))
        .map((path) => ({ pod, at, path })),
    );
  const doubted = [...new Set(differing().map(({ path }) => path))];
  await each(doubted, limits.truthsAtOnce, async (path) =>
    truths.set(path, await readTruth(asked, `alone-${rounds}`, path)),
  );

  const giveUpAtMs = performance.now() + againMs;
  for (;;) {
    const old = differing();
    if (old.length === 0 || performance.now() > giveUpAtMs) return { truths, copies };
    await delay(limits.copyPauseMs);
    await each(old, limits.copiesAtOnce, async ({ pod, at, path }) =>
      copies[at]?.set(path, await readCopy(pod, path)),
    );
  }
}

/** The same moment, with these pages read once more on every pod. */
export async function readAgain(
  pods: readonly Pod[],
  round: Round,
  paths: readonly string[],
): Promise<Round> {
  const copies = await Promise.all(
    pods.map(async (pod, at) => {
      const read = await each(
        paths,
        limits.copiesAtOnce,
        async (path) => [path, await readCopy(pod, path)] as const,
      );
      return new Map([...(round.copies[at] ?? []), ...read]);
    }),
  );
  return { ...round, copies };
}

export const same = (one: Copy | undefined, other: Copy | undefined) =>
  one?.status === other?.status && one?.frame === other?.frame && one?.text === other?.text;

async function byPath(atOnce: number, read: (path: string) => Promise<Copy>): Promise<Map<string, Copy>> {
  return new Map(await each(addresses, atOnce, async (path) => [path, await read(path)] as const));
}
