import { __, sprintf } from '@wordpress/i18n';
import type { PodLine } from '../rest/shapes.ts';
import { podStateWord } from './words.ts';

/** "2 unreachable", "1 refused": a part for each state. */
export function countsByState(pods: readonly PodLine[]): string[] {
  return [...new Set(pods.map((pod) => pod.state))].map((state) =>
    sprintf(
      /* translators: 1: number of pods. 2: their state, such as "unreachable". */
      __('%1$d %2$s', 'everypod'),
      pods.filter((pod) => pod.state === state).length,
      podStateWord(state),
    ),
  );
}
