import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from './limits.ts';

/** The time of a process, whatever is done to the wall clock. */
export type ProcessClock = {
  /** Milliseconds; never goes back. */
  monotonicMs(): number;
  /** Milliseconds in which this process ran: a process that is stopped renders nothing either. Never goes back. */
  awakeMs(): number;
  /** True once `awakeMs` has come to `ms`; false when the process is asked to end before that. Keeps no process alive. */
  untilAwake(ms: number): Promise<boolean>;
  /** Aborted once the process is asked to end: then nothing goes on waiting. */
  ending(): AbortSignal;
};

/** A clock that ticks from now on. What is missing between two ticks is time in which the process did not run. */
export function createProcessClock(monotonicMs = () => performance.now()): ProcessClock {
  let awake = 0;
  let last = monotonicMs();
  const count = () => {
    const now = monotonicMs();
    awake += Math.min(now - last, limits.awakePerTickAtMostMs);
    last = now;
    return awake;
  };
  setInterval(count, limits.awakeTickMs).unref();
  // A signal and no race with a promise: one that never settles remembers whoever has waited for it.
  const ending = endOfProcess();
  const signal = ending();
  const untilAwake = async (ms: number) => {
    try {
      for (let left = ms - count(); left > 0; left = ms - count()) {
        await sleep(left, undefined, { ref: false, signal });
      }
      return true;
    } catch {
      return false;
    }
  };
  return { monotonicMs, awakeMs: count, untilAwake, ending };
}

/** A server that shuts down waits for its background work and its answers, so those must not go on waiting then. */
function endOfProcess(): () => AbortSignal {
  const end = new AbortController();
  const heard = new Set<string>();
  return () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // The first listener would take away the signal's own effect, which is to end the process.
      if (heard.has(signal) || process.listenerCount(signal) === 0) continue;
      heard.add(signal);
      process.once(signal, () => end.abort());
    }
    return end.signal;
  };
}

declare global {
  var everypodClock: ProcessClock | undefined;
}

/** One clock per process: Next.js bundles each route separately, so a module's own variable would be two. */
export function processClock(): ProcessClock {
  globalThis.everypodClock ??= createProcessClock();
  return globalThis.everypodClock;
}
