import { limits } from '../limits.ts';
import type { Chronicle } from './chronicle.ts';
import { monotonicMs } from './clock.ts';

/** Notes each span in which this process did not get to run: the guarantee counts process time only. */
export function watchStalls(name: string, chronicle: Chronicle): void {
  onStall((from, at) => chronicle.note({ what: 'stalled', process: name, from, at }));
}

/** How long `work` took, times in which this process did not get to run left out. */
export async function runningMs<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  let stalledMs = 0;
  const stop = onStall((from, at) => {
    stalledMs += at - from;
  });
  const startedAt = monotonicMs();
  const value = await work().finally(stop);
  return { value, ms: monotonicMs() - startedAt - stalledMs };
}

/** What is returned looks a last time. */
function onStall(told: (from: number, at: number) => void): () => void {
  let last = monotonicMs();
  const look = () => {
    const now = monotonicMs();
    if (now - last > limits.stallMs) told(last, now);
    last = now;
  };
  const heartbeat = setInterval(look, limits.heartbeatMs);
  heartbeat.unref();
  return () => {
    look();
    clearInterval(heartbeat);
  };
}
