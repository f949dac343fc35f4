import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Delivery, Report } from '../rest/shapes.ts';
import { msBetween, timeOfDay } from './moments.ts';
import { type Tally, tallyOf } from './tally.ts';
import { deliveryStateWord, podStateWord } from './words.ts';

/** `pending`: more will come. `good`: every pod. `partly`: some pods. `bad`: none, or it never got there. */
export type Tone = 'pending' | 'good' | 'partly' | 'bad';
export type Summary = { tone: Tone; text: string };

/**
 * How far a change has got, in a sentence that says no more than what happened.
 * @param moment puts an ISO time in words
 */
export function summaryOf(delivery: Delivery, moment: (iso: string) => string = timeOfDay): Summary {
  switch (delivery.state) {
    case 'waiting':
      return delivery.problem
        ? { tone: 'partly', text: __('The bridge has not accepted this change yet.', 'everypod') }
        : { tone: 'pending', text: __('Saved here; waiting to be sent to the bridge.', 'everypod') };
    case 'dead':
      return { tone: 'bad', text: __('Given up: the bridge never accepted this change.', 'everypod') };
    case 'unknown':
      return { tone: 'bad', text: unknownWords(delivery, moment) };
    default:
      if (delivery.report) return reportSummary(delivery.report);
      return { tone: 'pending', text: __('Accepted by the bridge; no report yet.', 'everypod') };
  }
}

/** One short phrase for where only a few words fit. */
export function shortSummaryOf(delivery: Delivery): string {
  if (!delivery.report) return deliveryStateWord(delivery.state);
  const { live, applied } = tallyOf(delivery.report);
  if (live.length === 0) return deliveryStateWord(delivery.state);
  if (delivery.state === 'settled' || delivery.state === 'verified') {
    /* translators: 1: number of pods that settled. 2: number of pods. */
    return sprintf(__('%1$d of %2$d settled', 'everypod'), live.length, live.length);
  }
  /* translators: 1: number of pods that applied a change. 2: number of pods. */
  return sprintf(__('%1$d of %2$d applied', 'everypod'), applied.length, live.length);
}

function unknownWords(
  { report, unknownSince, createdAt }: Delivery,
  moment: (iso: string) => string,
): string {
  const said = sprintf(
    /* translators: %s: a time of day. */
    __('Unknown since %s: the bridge accepted this change, but gave no final report.', 'everypod'),
    moment(unknownSince ?? createdAt),
  );
  return report ? `${said} ${reportSummary(report).text}` : said;
}

function reportSummary(report: Report): Summary {
  const tally = tallyOf(report);
  const { live, applied, late } = tally;
  if (live.length === 0) return nobodyToTell(report);
  const missing = live.length - applied.length;
  if (missing === 0 && (report.state === 'settled' || report.state === 'verified')) {
    return { tone: 'good', text: settledWords(report, tally) };
  }
  if (missing === 0) {
    return { tone: 'good', text: late.length > 0 ? lateWords(report, tally) : allAppliedWords(live.length) };
  }
  if (!report.final) {
    return {
      tone: 'pending',
      text: sprintf(
        /* translators: 1: number of pods that applied the change. 2: number of pods. */
        _n(
          'Applied by %1$d of %2$d pod so far.',
          'Applied by %1$d of %2$d pods so far.',
          live.length,
          'everypod',
        ),
        applied.length,
        live.length,
      ),
    };
  }
  return { tone: applied.length > 0 ? 'partly' : 'bad', text: partlyWords(report, tally) };
}

function nobodyToTell(report: Report): Summary {
  return report.final
    ? { tone: 'bad', text: __('Accepted by the bridge; applied by no pod.', 'everypod') }
    : { tone: 'pending', text: __('Accepted by the bridge; no pods found so far.', 'everypod') };
}

function allAppliedWords(pods: number): string {
  if (pods === 1) return __('Applied by the only pod.', 'everypod');
  /* translators: %d: number of pods, at least two. */
  return sprintf(_n('Applied by all %d pod.', 'Applied by all %d pods.', pods, 'everypod'), pods);
}

function settledWords(report: Report, tally: Tally): string {
  const words = allSettledWords(tally.live.length);
  return tally.late.length > 0 ? `${words} ${lateWords(report, tally)}` : words;
}

function allSettledWords(pods: number): string {
  if (pods === 1) return __('Settled on the only pod.', 'everypod');
  /* translators: %d: number of pods, at least two. */
  return sprintf(_n('Settled on all %d pod.', 'Settled on all %d pods.', pods, 'everypod'), pods);
}

/** "2 of 3 now; nextjs-b caught up 4 s later" */
function lateWords(report: Report, { live, applied, late }: Tally): string {
  const atOnce = sprintf(
    /* translators: 1: number of pods that applied a change at once. 2: number of pods. */
    __('%1$d of %2$d now', 'everypod'),
    applied.length - late.length,
    live.length,
  );
  const named: string[] = late.slice(0, limits.latePodsNamed).map((pod) =>
    sprintf(
      /* translators: 1: name of a pod. 2: number of seconds. */
      __('%1$s caught up %2$d s later', 'everypod'),
      pod.name,
      Math.round(msBetween(report.acceptedAt, pod.caughtUpAt ?? report.acceptedAt) / 1_000),
    ),
  );
  const others = late.length - named.length;
  if (others > 0) {
    /* translators: %d: number of further pods. */
    named.push(sprintf(_n('%d more caught up later', '%d more caught up later', others, 'everypod'), others));
  }
  return [atOnce, ...named].join('; ');
}

/** "Applied by 2 of 3 pods; 1 unreachable." */
function partlyWords(report: Report, tally: Tally): string {
  const { live, applied, late } = tally;
  const missing = live.filter((pod) => pod.state !== 'applied');
  const states = [...new Set(missing.map((pod) => pod.state))].map((state) =>
    sprintf(
      /* translators: 1: number of pods. 2: their state, such as "unreachable". */
      __('%1$d %2$s', 'everypod'),
      missing.filter((pod) => pod.state === state).length,
      podStateWord(state),
    ),
  );
  const reached =
    late.length > 0
      ? lateWords(report, tally)
      : sprintf(
          /* translators: 1: number of pods that applied the change. 2: number of pods. */
          _n('Applied by %1$d of %2$d pod', 'Applied by %1$d of %2$d pods', live.length, 'everypod'),
          applied.length,
          live.length,
        );
  return `${[reached, ...states].join('; ')}.`;
}
