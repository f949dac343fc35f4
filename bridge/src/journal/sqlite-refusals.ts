import type { Limits } from '../limits.ts';
import type { NewEvent } from './journal.ts';
import type { Committed, Failed } from './sqlite-group-commit.ts';

/** Whether events are refused: from one that was, until another is taken, or that one could be. */
export type Refusals = {
  note(event: NewEvent, done: Committed<unknown>): void;
  /** Why they are; null when they are not. */
  reason(): Promise<string | null>;
};

type Options = {
  /** Writes as little as can be. */
  touch: () => Promise<Committed<unknown>>;
  /** Writes what this event would write, without taking it. */
  rehearse: (event: NewEvent) => Promise<Committed<unknown>>;
  limits: Limits;
};

export function createRefusals({ touch, rehearse, limits }: Options): Refusals {
  let refused: { event: NewEvent; failed: Failed } | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let trying: Promise<void> | null = null;

  function note(event: NewEvent, done: Committed<unknown>) {
    refused = done.kind === 'failed' ? { event, failed: done } : null;
  }

  /** A bridge that is not ready may be sent no event that would show that there is room again. */
  async function tryAgain({ event, failed }: { event: NewEvent; failed: Failed }) {
    triedAt = performance.now();
    const done = await (failed.noRoom ? rehearse(event) : touch());
    // Another may have been refused or taken meanwhile.
    if (refused?.event === event) note(event, done);
  }

  return {
    note,
    async reason() {
      const isDue = performance.now() - triedAt >= limits.journalRetryMs;
      if (refused && (isDue || trying)) {
        trying ??= tryAgain(refused).finally(() => {
          trying = null;
        });
        await trying;
      }
      return refused?.failed.reason ?? null;
    },
  };
}
