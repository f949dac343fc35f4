import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

/** What was last seen of the content origin; `up` is null before the first look is over. */
export type OriginSeen = { up: boolean | null; look: Promise<void> | null };

/** Looks, or joins the look under way; done when `state.origin.up` has been brought up to date. */
export function lookAtOrigin(url: string, { state: { origin } }: Life): Promise<void> {
  origin.look ??= isUp(url).then((up) => {
    origin.up = up;
    origin.look = null;
  });
  return origin.look;
}

async function isUp(url: string): Promise<boolean> {
  const outcome = await callOut({
    url: new URL(url),
    method: 'HEAD',
    deadlineMs: limits.originDeadlineMs,
    answerBytes: 0,
  });
  if (outcome.kind === 'redirected') return true;
  return outcome.kind === 'answered' && outcome.status < 500;
}
