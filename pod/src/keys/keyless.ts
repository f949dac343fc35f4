import type { HowSettled } from '@everypod/contract';
import type { Life } from '../life.ts';

/** What a pod says of its standing where it has heard no keys. */
export function keyless({ guarding }: Pick<Life, 'guarding'>): Pick<HowSettled, 'keyless'> {
  const why = guarding()?.guard.learned.whyNone() ?? null;
  return why === null ? {} : { keyless: why };
}
