import { applyEverything } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { settleLater } from '../settling/settle.ts';
import { within } from '../within.ts';
import { lookAtOrigin } from './origin.ts';

/** To be told of each verified word that tells how far the bridge was at `atMs`, which is monotonic. */
export function heardFromBridge(life: Life, atMs: number): void {
  const { state } = life;
  state.heardAtMs = Math.max(atMs, state.heardAtMs ?? atMs);
  state.leaseEndsAtMs = Math.max(firstEndOf(life, atMs), state.leaseEndsAtMs ?? 0);
  life.trouble('lease', null);
}

/** To be told when everything was invalidated because there was no bridge at the start. */
export function startLease(life: Life): void {
  life.state.leaseEndsAtMs = firstEndOf(life, life.clock.monotonicMs());
}

/**
 * The lease of every probe: a pod that hears from no bridge may have missed anything, so it invalidates everything,
 * once per lease, until it hears. Where it can see that the content origin is down it waits for that first, since
 * pages that are forgotten cannot be made again then.
 */
export async function keepLease(waitMs: number, life: Life): Promise<void> {
  const { state, clock } = life;
  const { leaseMs, originUrl } = life.configuration();
  if (state.leaseEndsAtMs === null) return;
  const overMs = clock.monotonicMs() - state.leaseEndsAtMs;
  const look =
    originUrl !== null && overMs >= -limits.originLookAheadMs ? lookAtOrigin(originUrl, life) : null;
  if (overMs < 0) return;
  const patient = overMs < leaseMs * limits.leasesToWaitForOrigin;
  if (look !== null && patient) {
    await within(waitMs, look);
    if (state.origin.up === false) {
      life.trouble(
        'lease',
        `${silence(life)} The content origin is down too, so pages are kept until it is back.`,
      );
    }
    if (state.origin.up !== true) return;
  }
  // By the time that it should have been, so that a probe's period does not add up; unless that is long over.
  state.leaseEndsAtMs = overMs < leaseMs ? state.leaseEndsAtMs + leaseMs : clock.monotonicMs() + leaseMs;
  invalidateEverything(life);
}

function invalidateEverything(life: Life): void {
  void applyEverything(life.applying).then((applied) => {
    if (!applied.whole) life.log('warn', applied.reason);
  });
  settleLater(life, { everything: true, targets: [] });
  life.trouble('lease', `${silence(life)} Everything is invalidated once per lease until there is one.`);
  life.log('warn', 'The lease is over: invalidated everything.');
}

function silence(life: Life): string {
  return `No word from a bridge within the lease of this pod, which is ${life.configuration().leaseMs / 1000} s at most.`;
}

/** A moment of this pod's own, so that pods that lose their bridge together do not all ask the origin together. */
function firstEndOf({ state, configuration }: Life, fromMs: number): number {
  return fromMs + configuration().leaseMs * (1 - state.leaseShare * limits.leaseSpreadShare);
}
