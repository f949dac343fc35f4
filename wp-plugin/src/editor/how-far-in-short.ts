import { __ } from '@wordpress/i18n';
import { shortSummaryOf } from '../report/summary.ts';
import type { PostDelivery } from '../rest/shapes.ts';

/** For the panel's title. Never the report of an earlier change as that of the last one. */
export function howFarInShort({ unsent, delivery }: PostDelivery): string | null {
  if (unsent) return __('not sent', 'everypod');
  return delivery && shortSummaryOf(delivery);
}
