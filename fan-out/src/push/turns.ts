import { limits } from '../limits.ts';

/**
 * What pods' answers cost is shared out over the turns of the event loop, a little at each. Node.js takes one new connection
 * at a turn (docs/facts.md), so where a hundred pods answer at one moment and all of it is worked off at once, whoever
 * connects meanwhile waits for as long as all of them together, kubelet among them.
 */
export type Turns = {
  /** Resolves when nobody else's answer is worked on, in a turn that has still time for one. First come, first served. */
  take(): Promise<void>;
};

export function createTurns(): Turns {
  const waiting: Array<() => void> = [];
  let running = false;
  let startedAt = 0;

  function turn() {
    startedAt = performance.now();
    next();
  }

  function next() {
    const resolve = waiting.shift();
    running = resolve !== undefined;
    if (!resolve) return;
    resolve();
    // A tick that a microtask plans comes after all microtasks, and so after what the one that was let in does at once.
    queueMicrotask(() => process.nextTick(worked));
  }

  function worked() {
    if (performance.now() - startedAt < limits.turnMs) next();
    else setImmediate(turn);
  }

  return {
    take() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (running) return;
        running = true;
        setImmediate(turn);
      });
    },
  };
}
