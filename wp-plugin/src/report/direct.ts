import { __, _n, sprintf } from '@wordpress/i18n';
import type { Delivery, Report } from '../rest/shapes.ts';
import { countsByState } from './counts-by-state.ts';
import { tallyOf } from './tally.ts';
import type { Summary } from './tone.ts';
import { deliveryStateWord } from './words.ts';

/** Whether a delivery goes to the pods through a load balancer, with no bridge to follow it. */
export function isDirect({ destination }: Pick<Delivery, 'destination'>): boolean {
  return destination === 'load-balancer';
}

/** What has to be said wherever such a delivery is shown. */
export const noGuarantee = () =>
  __(
    'This mode has no guarantee: nobody catches up. A pod that was away or starts later may show an old page.',
    'everypod',
  );

/** What every pod begins its report's reason with (pod/src/fan-out); the screen says it in its own language. */
const usual =
  /^Told \d+ of \d+ pods directly\. Without a bridge nobody catches up, so this mode has no guarantee\.\s*/;

/** What a pod's reason says besides: that it was told of no Service, for one. */
export function beyondNoGuarantee({ reason = '' }: Pick<Report, 'reason'>): string | undefined {
  return reason.replace(usual, '') || undefined;
}

/** How far a change has got that goes to the pods directly. Told is all that can be known; it is never called applied or fresh. */
export function directSummary({ state, problem, report }: Delivery): Summary {
  if (report) return toldSummary(report);
  if (state === 'dead') {
    return { tone: 'bad', text: __('Given up: no pod ever took this change.', 'everypod') };
  }
  return problem
    ? { tone: 'partly', text: __('No pod has taken this change yet.', 'everypod') }
    : { tone: 'pending', text: __('Saved here; waiting to be sent to the pods.', 'everypod') };
}

/** One short phrase, for where only a few words fit. */
export function shortDirectSummary({ state, report }: Delivery): string {
  const { live, told } = report ? tallyOf(report) : { live: [], told: [] };
  if (live.length === 0) return deliveryStateWord(state);
  /* translators: 1: number of pods that were told of a change. 2: number of pods. */
  return sprintf(__('%1$d of %2$d told', 'everypod'), told.length, live.length);
}

function toldSummary(report: Report): Summary {
  const { live, told } = tallyOf(report);
  if (live.length === 0) return { tone: 'bad', text: __('Told no pod.', 'everypod') };
  const missing = live.filter((pod) => pod.state !== 'told');
  // Not more than partly: whether their pages are new can't be known.
  if (missing.length === 0) return { tone: 'partly', text: toldWords(live.length) };
  const reached = sprintf(
    /* translators: 1: number of pods that were told of the change. 2: number of pods. */
    _n('Told %1$d of %2$d pod', 'Told %1$d of %2$d pods', live.length, 'everypod'),
    told.length,
    live.length,
  );
  return {
    tone: told.length > 0 ? 'partly' : 'bad',
    text: `${[reached, ...countsByState(missing)].join('; ')}.`,
  };
}

function toldWords(pods: number): string {
  if (pods === 1) return __('Told the only pod.', 'everypod');
  /* translators: %d: number of pods, at least two. */
  return sprintf(_n('Told all %d pod.', 'Told all %d pods.', pods, 'everypod'), pods);
}
