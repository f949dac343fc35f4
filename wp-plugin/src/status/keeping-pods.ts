import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { PodsAnswer } from '../rest/shapes.ts';

/** Pods from which WordPress can't be reached, so that their visitors get what was there before. */
export function keepingPods({ pods }: PodsAnswer): { message: string; advice: string } | null {
  const keeping = (pods?.pods ?? []).filter(({ live, keeps }) => live && keeps === true);
  if (keeping.length === 0) return null;
  const named = keeping.slice(0, limits.silentPodsNamed).map(({ name }) => name);
  const names = keeping.length > named.length ? `${named.join(', ')}, …` : named.join(', ');
  return {
    message: sprintf(
      /* translators: 1: number of pods. 2: their names. */
      _n(
        '%1$d pod can’t reach WordPress, so its visitors get pages as they were: %2$s.',
        '%1$d pods can’t reach WordPress, so their visitors get pages as they were: %2$s.',
        keeping.length,
        'everypod',
      ),
      keeping.length,
      names,
    ),
    advice: __(
      'Check that this site answers from the cluster. Pages are made anew by themselves once it does.',
      'everypod',
    ),
  };
}
