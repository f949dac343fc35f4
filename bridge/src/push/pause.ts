import { setTimeout as sleep } from 'node:timers/promises';

/** A pause between two attempts, which news may end early. */
export type Pause = {
  /** `mayEnd` is asked at each news. */
  wait(ms: number, mayEnd: () => boolean): Promise<void>;
  news(): void;
};

export function createPause(): Pause {
  let wake = () => {};
  return {
    async wait(ms, mayEnd) {
      const over = new AbortController();
      wake = () => {
        if (mayEnd()) over.abort();
      };
      await sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
      wake = () => {};
    },
    news: () => wake(),
  };
}
