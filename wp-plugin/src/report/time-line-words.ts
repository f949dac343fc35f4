import { __, sprintf } from '@wordpress/i18n';
import type { Station, StationName } from './stations.ts';
import { durationWords } from './words.ts';

export function stationWord(name: StationName): string {
  switch (name) {
    case 'saved':
      return __('saved', 'everypod');
    case 'accepted':
      return __('accepted', 'everypod');
    case 'applied':
      return __('applied', 'everypod');
    case 'fresh':
      return __('fresh', 'everypod');
    case 'made':
      return __('made', 'everypod');
  }
}

/**
 * The whole line for who does not see it: "nextjs-a: saved at 14:03:05, accepted after 120 ms, made after 610 ms".
 * @param moment puts an ISO time in words
 */
export function timeLineLabel(
  pod: string,
  stations: readonly Station[],
  createdAt: string,
  moment: (iso: string) => string,
): string {
  const named = stations.map(({ name, ms }) =>
    name === 'saved'
      ? /* translators: 1: a moment, such as "saved". 2: a time of day. */
        sprintf(__('%1$s at %2$s', 'everypod'), stationWord(name), moment(createdAt))
      : /* translators: 1: a moment, such as "accepted". 2: a duration, such as "120 ms". */
        sprintf(__('%1$s after %2$s', 'everypod'), stationWord(name), durationWords(ms)),
  );
  /* translators: 1: name of a pod. 2: moments, such as "saved at 14:03:05, accepted after 120 ms". */
  return sprintf(__('Time line of %1$s: %2$s', 'everypod'), pod, named.join(', '));
}
