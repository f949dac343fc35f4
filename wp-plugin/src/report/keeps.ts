import { __, _n, sprintf } from '@wordpress/i18n';
import type { PodLine } from '../rest/shapes.ts';

/** Whether visitors of this pod get the page as it was before the change. */
export function isOld({ state, settledAt, keeps }: Pick<PodLine, 'state' | 'settledAt' | 'keeps'>): boolean {
  return keeps === true && state === 'applied' && settledAt === undefined;
}

/** Beneath the line of such a pod. */
export function oldWords(): string {
  return __(
    'WordPress can’t be reached from this pod, so its visitors get the page as it was until it can.',
    'everypod',
  );
}

/** Of all pods together; null where none gives an old page. */
export function oldOnPodsWords(live: readonly PodLine[]): string | null {
  const old = live.filter(isOld).length;
  if (old === 0) return null;
  if (live.length === 1) {
    return __(
      'Old on the only pod: WordPress can’t be reached from there, so visitors get the page as it was until it can.',
      'everypod',
    );
  }
  return sprintf(
    /* translators: 1: number of pods that give an old page. 2: number of pods, at least two. */
    _n(
      'Old on %1$d of %2$d pod: WordPress can’t be reached from there, so visitors get the page as it was until it can.',
      'Old on %1$d of %2$d pods: WordPress can’t be reached from there, so visitors get the page as it was until it can.',
      live.length,
      'everypod',
    ),
    old,
    live.length,
  );
}
