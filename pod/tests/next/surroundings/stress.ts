import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '@everypod/contract';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import type { BuiltApp } from './build.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';
import { changeServed } from './unguard.ts';

/** The ways in which a page or an answer is kept. */
export const shapes = ['plain', 'tagged', 'cached', 'timed', 'twofold/a', 'handler', 'old'] as const;
/** And with `cacheComponents`, in an app of its own: by a tag, and by its address alone. */
export const componentShapes = ['kept', 'untagged'] as const;
export type Shape = (typeof shapes | typeof componentShapes)[number];

export type Stress = {
  rounds: number;
  /** Trials that are under way together. */
  atOnce: number;
  guarded: boolean;
  diskOnly?: boolean;
  only?: readonly Shape[];
};

export type Tally = {
  trials: number;
  /** That still had no new content when every render was over, by shape and what was read. */
  staleForEver: Record<string, number>;
  /** Reads that began after *drained*, and those of them that got the old content. */
  readsAfter: number;
  oldAfter: number;
  drainedMs: number[];
};

/** How many had the old content for ever: an error is none, and shows nothing of what a cache does. */
export function staleOf({ staleForEver }: Tally): number {
  const old = Object.entries(staleForEver).filter(([what]) => what.endsWith(`: ${oldContent}`));
  return old.reduce((sum, [, count]) => sum + count, 0);
}

const mostMs = 120;
const [oldContent, newContent] = ['1', '2'];

/** Publishes and invalidates while pages are being made, over and over, and reads them when that is over. */
export async function stress(app: BuiltApp, { rounds, atOnce, guarded, diskOnly, only }: Stress) {
  const wanted = only ?? shapes;
  const origin = await startOrigin(() => Math.random() * (mostMs / 4));
  const bridge = await startBridge(podSecret, ({ question, answer }) =>
    answer({ epoch, upTo: question.cursor?.seq ?? 0, targets: [] }),
  );
  const settings = {
    EVERYPOD_BRIDGE_URL: bridge.url,
    EVERYPOD_SETTLE_SECONDS: '3600',
    TEST_ORIGIN: origin.url,
  };
  const pod = await startNextPod(app, settings, (folder) =>
    changeServed(folder, { guarded, diskOnly: diskOnly ?? false }),
  );
  const tally: Tally = { trials: 0, staleForEver: {}, readsAfter: 0, oldAfter: 0, drainedMs: [] };
  let seq = 0;
  let pushing: Promise<unknown> = Promise.resolve();
  const settledBy = new Map<number, () => void>();
  let watching = true;
  const watch = async () => {
    while (watching) {
      const { settled } = await pod.probe();
      for (const [at, wake] of settledBy) if (settled?.seq >= at) wake();
      await sleep(10);
    }
  };

  const read = async (shape: string, slug: string) => {
    const response = await fetch(pod.urlOf(`/${shape}/${slug}`));
    const text = await response.text();
    // An error says itself what it is, where it is counted with what is not new.
    return /rendered:(\d+)/.exec(text)?.[1] ?? `${response.status} ${text.slice(-80)}`;
  };

  async function trial(slug: string): Promise<void> {
    origin.publish(slug, oldContent);
    const release = origin.hold(slug);
    // What was kept before is old in its time, or not there; either way a render is under way now.
    const visits = wanted.flatMap((shape) => [read(shape, slug), read(shape, slug)]);
    if (wanted.includes('twofold/a')) visits.push(read('twofold/b', slug));
    // By what is under way and not by a time, which a busy machine would make too short: some have read what is old now.
    const some = 1 + Math.floor(Math.random() * wanted.length);
    for (let ms = 0; origin.asked(slug) < some && ms < 3_000; ms += 2) await sleep(2);
    origin.publish(slug, newContent);
    seq += 1;
    const own = seq;
    const settled = new Promise<void>((wake) => settledBy.set(own, wake));
    const told = performance.now();
    const paths: Target[] = wanted.map((shape) => ({ path: `/${shape}/${slug}` }));
    const targets: Target[] = [...paths, { tag: `item:${slug}` }];
    // In order, as a bridge does: a cursor that had run ahead would tell too much.
    pushing = pushing.then(() => pod.push({ after: own - 1, upTo: own, targets }));
    // The renders go on at any moment of the invalidation, or behind its answer.
    if (Math.random() < 0.5) await Promise.all([pushing, sleep(Math.random() * mostMs).then(release)]);
    else await pushing.then(release);
    if (guarded) {
      await settled;
      tally.drainedMs.push(performance.now() - told);
      const reads = await Promise.all([...wanted, ...wanted].map((shape) => read(shape, slug)));
      tally.readsAfter += reads.length;
      tally.oldAfter += reads.filter((content) => content !== newContent).length;
    }
    settledBy.delete(own);
    await Promise.all(visits);
    await sleep(mostMs);
    for (const shape of wanted) {
      tally.trials += 1;
      // What is made behind an answer shows in the next.
      await read(shape, slug);
      await sleep(mostMs);
      const content = await read(shape, slug);
      if (content !== newContent) {
        const what = `${shape}: ${content}`;
        tally.staleForEver[what] = (tally.staleForEver[what] ?? 0) + 1;
      }
    }
  }

  try {
    await pod.probe();
    const watched = watch();
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: atOnce }, (_, at) => trial(`s${round}-${at}`)));
    }
    watching = false;
    await watched;
    return tally;
  } finally {
    watching = false;
    await pod.stop();
    await bridge.stop();
    await origin.stop();
  }
}
