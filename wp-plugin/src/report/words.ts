import { __, sprintf } from '@wordpress/i18n';
import type { Delivery, PodLine, PodState, SettledWay } from '../rest/shapes.ts';
import { isOld } from './keeps.ts';
import { screenLocale } from './moments.ts';

/** A pod's state as a person reads it. */
export function podStateWord(state: PodState): string {
  switch (state) {
    case 'asked':
      return __('asked', 'everypod');
    case 'applied':
      return __('applied', 'everypod');
    case 'behind':
      return __('behind', 'everypod');
    case 'refused':
      return __('refused', 'everypod');
    case 'failed':
      return __('failed', 'everypod');
    case 'unreachable':
      return __('unreachable', 'everypod');
    case 'starting':
      return __('starting', 'everypod');
    case 'gone':
      return __('gone', 'everypod');
    case 'told':
      return __('told', 'everypod');
  }
}

/** How far one pod has got with a change, and by what it settled. */
export function podLineWord(pod: Pick<PodLine, 'state' | 'settledAt' | 'how' | 'keeps'>): string {
  const { state, settledAt, how } = pod;
  if (isOld(pod)) return __('old', 'everypod');
  return state === 'applied' && settledAt !== undefined ? settledWord(how) : podStateWord(state);
}

function settledWord(how: SettledWay | undefined): string {
  switch (how) {
    case 'drained':
      return __('settled (drained)', 'everypod');
    case 'capped':
      return __('settled (capped)', 'everypod');
    case 'second pass':
      return __('settled (second pass)', 'everypod');
    case undefined:
      return __('settled', 'everypod');
  }
}

/** How far a delivery has got, in one word. */
export function deliveryStateWord(state: Delivery['state']): string {
  switch (state) {
    case 'waiting':
      return __('waiting', 'everypod');
    case 'accepted':
      return __('accepted', 'everypod');
    case 'applied':
      return __('applied', 'everypod');
    case 'settled':
      return __('settled', 'everypod');
    case 'unknown':
      return __('unknown', 'everypod');
    case 'dead':
      return __('given up', 'everypod');
  }
}

/** Milliseconds below a second, seconds from there. */
export function durationWords(ms: number, locale = screenLocale()): string {
  if (ms < 1_000) {
    /* translators: %d: a number of milliseconds. */
    return sprintf(__('%d ms', 'everypod'), ms);
  }
  const digits = ms < 10_000 ? 1 : 0;
  const seconds = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  /* translators: %s: a number of seconds, such as 1.2. */
  return sprintf(__('%s s', 'everypod'), seconds.format(ms / 1_000));
}
