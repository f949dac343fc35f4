import { limits } from '../limits.ts';

/**
 * How many attempts may be under way at one moment. Whoever failed last time waits behind all who did not. An attempt
 * that has waited on its pod for a while takes no slot any more, up to a number of its own: so pods that hang hold up
 * no others, also when nobody knows yet that they do.
 */
export type Slots = {
  /** Runs the task for this pod when it is its turn. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** How the last attempt at this pod went. */
  note(key: string, went: 'well' | 'badly'): void;
};

type Options = { patienceMs?: number; slowMost?: number };

export function createSlots(
  most: number,
  { patienceMs = limits.slotPatienceMs, slowMost = limits.slowPushesAtOnce }: Options = {},
): Slots {
  const waiting: Array<() => void> = [];
  const waitingInDoubt: Array<() => void> = [];
  /** Insertion order is the order in which they failed. */
  const inDoubt = new Set<string>();
  let running = 0;
  /** Those of them that have used up the patience. */
  let slow = 0;

  const hasFree = () => running - Math.min(slow, slowMost) < most;

  function admit() {
    while (hasFree()) {
      // Those in doubt leave to the others what slots there are beside the slow ones.
      const next = waiting.shift() ?? (running < slowMost ? waitingInDoubt.shift() : undefined);
      if (!next) return;
      running += 1;
      next();
    }
  }

  return {
    async run(key, task) {
      const mine = inDoubt.has(key) ? waitingInDoubt : waiting;
      await new Promise<void>((resolve) => {
        mine.push(resolve);
        admit();
      });
      let isSlow = false;
      const patience = setTimeout(() => {
        isSlow = true;
        slow += 1;
        admit();
      }, patienceMs);
      try {
        return await task();
      } finally {
        clearTimeout(patience);
        running -= 1;
        if (isSlow) slow -= 1;
        admit();
      }
    },
    note(key, went) {
      inDoubt.delete(key);
      if (went === 'well') return;
      inDoubt.add(key);
      const [oldest] = inDoubt;
      if (inDoubt.size > limits.podsInDoubtRemembered && oldest !== undefined) inDoubt.delete(oldest);
    },
  };
}
