import { limits } from '../limits.ts';
import type { Chronicle } from './chronicle.ts';
import { monotonicMs } from './clock.ts';

/** Notes each span in which this process did not get to run: the guarantee counts process time only. */
export function watchStalls(name: string, chronicle: Chronicle): void {
  let last = monotonicMs();
  setInterval(() => {
    const now = monotonicMs();
    if (now - last > limits.stallMs) chronicle.note({ what: 'stalled', process: name, from: last, at: now });
    last = now;
  }, limits.heartbeatMs).unref();
}
