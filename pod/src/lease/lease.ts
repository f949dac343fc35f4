import { applyEverything } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { markApplication } from '../settling/mark.ts';
import { settleLater } from '../settling/settle.ts';
import { lookAtOrigin, originIsUp } from './origin.ts';

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

/** To be called as a probe begins, and waited for, so that {@link keepLease} knows what it must not do. */
export async function lookAhead(life: Life): Promise<void> {
  const { leaseEndsAtMs } = life.state;
  const { originUrl } = life.configuration();
  if (originUrl === null || leaseEndsAtMs === null) return;
  if (life.clock.monotonicMs() >= leaseEndsAtMs - limits.originLookAheadMs)
    await lookAtOrigin(originUrl, life);
}

/**
 * The lease of every probe: a pod that hears from no bridge may have missed anything, so it invalidates everything,
 * once per lease, until it hears. Where it can see that the content origin is down it waits for that first, since
 * pages that are forgotten cannot be made again then. It never gives way between looking at the lease and moving it:
 * other probes and pushes are answered meanwhile.
 */
export function keepLease(life: Life): void {
  const { state, clock } = life;
  const { leaseMs, originUrl } = life.configuration();
  if (state.leaseEndsAtMs === null) return;
  const overMs = clock.monotonicMs() - state.leaseEndsAtMs;
  if (overMs < 0) return;
  if (originUrl !== null && overMs < leaseMs * limits.leasesToWaitForOrigin) {
    const up = originIsUp(life);
    if (up === false) {
      life.trouble(
        'lease',
        `${silence(life)} The content origin is down too, so pages are kept until it is back.`,
      );
    }
    if (up !== true) return;
  }
  // By the time that it should have been, so that a probe's period does not add up; unless that is long over.
  state.leaseEndsAtMs = overMs < leaseMs ? state.leaseEndsAtMs + leaseMs : clock.monotonicMs() + leaseMs;
  invalidateEverything(life);
}

function invalidateEverything(life: Life): void {
  void applyEverything(life.applying).then((applied) => {
    if (!applied.whole) life.log('warn', applied.reason);
  });
  life.state.withoutBridge ??= 'lease';
  const all = { everything: true, targets: [] };
  settleLater(life, { ...all, mark: markApplication(life, all) });
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
