import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

/** What was last seen of the content origin, as of when the look began; and the look under way, if any. */
export type OriginSeen = { seen: { up: boolean; atMs: number } | null; look: Promise<void> | null };

/** Looks, joins the look under way, or goes by one of a moment ago; afterwards {@link originIsUp} tells what was seen. */
export async function lookAtOrigin(url: string, { state: { origin }, clock }: Life): Promise<void> {
  const atMs = clock.monotonicMs();
  if (origin.seen !== null && atMs - origin.seen.atMs < limits.answerSharedForMs) return;
  origin.look ??= isUp(url).then((up) => {
    origin.seen = { up, atMs };
    origin.look = null;
  });
  await origin.look;
}

/** Null when nobody has looked lately: what was seen before that may have changed. */
export function originIsUp({ state: { origin }, clock }: Life): boolean | null {
  const { seen } = origin;
  return seen !== null && clock.monotonicMs() - seen.atMs <= limits.originSeenForMs ? seen.up : null;
}

/** Whether content can be had there. Never throws. */
export async function isUp(url: string, deadlineMs: number = limits.originDeadlineMs): Promise<boolean> {
  const outcome = await callOut({
    url: new URL(url),
    method: 'HEAD',
    deadlineMs,
    answerBytes: 0,
  });
  if (outcome.kind === 'redirected') return true;
  return outcome.kind === 'answered' && outcome.status < 500;
}
