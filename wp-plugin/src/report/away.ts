import { _n, sprintf } from '@wordpress/i18n';
import type { Delivery } from '../rest/shapes.ts';
import { type OwnVisits, withResult } from './own-visits.ts';

/** What ends a post's being public. */
const farewells: readonly Delivery['change'][] = ['post.unpublished', 'post.trashed', 'post.deleted'];

/** After these, that a page is away is the good end, by whatever name. */
export function isFarewell(change: Delivery['change']): boolean {
  return farewells.includes(change);
}

/** "3 of 3 pods no longer show /hello." */
export function awayWords(own: OwnVisits, change: Delivery['change']): string | null {
  const results = isFarewell(change) ? ['gone', 'no page', 'redirected'] : ['gone'];
  const away = withResult(own, ...results).length;
  if (away === 0) return null;
  return sprintf(
    /* translators: 1: number of pods. 2: number of all pods. 3: path of a page that was taken away. */
    _n(
      '%1$d of %2$d pod no longer shows %3$s.',
      '%1$d of %2$d pods no longer show %3$s.',
      own.pods,
      'everypod',
    ),
    away,
    own.pods,
    own.path,
  );
}
