import type { HowSettled } from '@everypod/contract';
import { isUp } from '../lease/origin.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';

/**
 * Tells the guard how to see whether content can be had: from where the setting says or, where nobody has set that, from where
 * WordPress says that it is, as far as the app asks it there.
 */
export function tellOfOrigin({ state, guarding, configuration }: Life, site?: string): void {
  const guard = guarding()?.guard;
  if (guard === undefined) return;
  const { keeping: kept, givers } = guard;
  const { origins } = kept;
  // Others don't tell what vanishes, and that is kept for nobody.
  kept.isAllowed = state.bridgeSpeaksSecond;
  const { originUrl, leaseMs } = configuration();
  origins.lookBy((url) => isUp(url, limits.originHungMs), leaseMs * limits.leasesToWaitForOrigin);
  givers.believeOnly(originUrl);
  if (originUrl !== null) origins.add(originUrl);
  else if (site !== undefined) origins.suggest(site);
}

/** What a pod says of its standing while it gives former pages; nothing while it gives none. */
export function keeping({ state, guarding }: Life): Pick<HowSettled, 'keeps'> {
  const downForMs = guarding()?.guard.keeping.origins.downForMs() ?? null;
  return downForMs !== null && state.steps.length > 0 ? { keeps: true } : {};
}
