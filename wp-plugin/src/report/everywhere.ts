import { __, _n, sprintf } from '@wordpress/i18n';
import type { Report } from '../rest/shapes.ts';
import { heldWords } from './held.ts';
import { oldOnPodsWords } from './keeps.ts';
import type { Tally } from './tally.ts';
import type { Summary } from './tone.ts';

/** From settled on, and never before. */
export function isFresh({ state }: Report): boolean {
  return state === 'settled';
}

/** Applied by every live pod. A render in flight may have stored the old page until each has settled too. */
export function appliedEverywhere(report: Report, { live, unsettled }: Tally): Summary {
  if (isFresh(report)) {
    const fresh = freshWords(live.length);
    const held = heldWords(live);
    return held === null ? { tone: 'good', text: fresh } : { tone: 'partly', text: `${fresh} ${held}` };
  }
  const old = oldOnPodsWords(live);
  if (old !== null) return { tone: 'partly', text: old };
  if (!report.final) return { tone: 'pending', text: settlingWords(live.length) };
  return { tone: 'partly', text: unsettledWords(live.length, unsettled.length) };
}

function freshWords(pods: number): string {
  if (pods === 1) return __('Fresh on the only pod.', 'everypod');
  /* translators: %d: number of pods, at least two. */
  return sprintf(_n('Fresh on all %d pod.', 'Fresh on all %d pods.', pods, 'everypod'), pods);
}

function settlingWords(pods: number): string {
  if (pods === 1) return __('Applied by the only pod; settling.', 'everypod');
  return sprintf(
    /* translators: %d: number of pods, at least two. */
    _n('Applied by all %d pod; settling.', 'Applied by all %d pods; settling.', pods, 'everypod'),
    pods,
  );
}

function unsettledWords(pods: number, unsettled: number): string {
  if (pods === 1) return __('Applied by the only pod; not seen to settle.', 'everypod');
  return sprintf(
    /* translators: 1: number of pods, at least two. 2: how many of them did not settle in time. */
    _n(
      'Applied by all %1$d pod; %2$d not seen to settle.',
      'Applied by all %1$d pods; %2$d not seen to settle.',
      pods,
      'everypod',
    ),
    pods,
    unsettled,
  );
}
