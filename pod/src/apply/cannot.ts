import { limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { PodState } from '../state.ts';
import type { Cannot } from './plan.ts';

/** Logs each reason once and leaves the newest to the probes: only a push has an answer in which they can be told. */
export function noteCannot(some: readonly Cannot[], { cannot, troubles }: PodState, log: Log): void {
  for (const { reason } of some) {
    if (cannot.has(reason)) continue;
    cannot.add(reason);
    log('warn', `Not applied: ${reason}`);
    const [oldest] = cannot;
    if (cannot.size > limits.cannotRemembered && oldest !== undefined) cannot.delete(oldest);
  }
  if (cannot.size === 0) return;
  troubles.set('application', `Not applied: ${[...cannot].slice(-limits.cannotPerAnswer).join(' ')}`);
}
