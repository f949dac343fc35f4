import { __, _n, sprintf } from '@wordpress/i18n';
import type { Delivery, Report } from '../rest/shapes.ts';
import { countsByState } from './counts-by-state.ts';
import { directSummary, isDirect, shortDirectSummary } from './direct.ts';
import { appliedEverywhere, isFresh } from './everywhere.ts';
import { isOld, oldOnPodsWords } from './keeps.ts';
import { lateWords } from './late.ts';
import { speaksAgainst, withMade } from './made.ts';
import { timeOfDay } from './moments.ts';
import { type Tally, tallyOf } from './tally.ts';
import { andTold, toldAlone } from './told.ts';
import type { Summary } from './tone.ts';
import { deliveryStateWord } from './words.ts';

/**
 * How far a change has got, in a sentence that says no more than what happened.
 * @param moment puts an ISO time in words
 */
export function summaryOf(delivery: Delivery, moment: (iso: string) => string = timeOfDay): Summary {
  if (isDirect(delivery)) return directSummary(delivery);
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
      if (delivery.report) return reportSummary(delivery.report, delivery.change, moment);
      return { tone: 'pending', text: __('Accepted by the bridge; no report yet.', 'everypod') };
  }
}

/** One short phrase for where only a few words fit. */
export function shortSummaryOf(delivery: Delivery): string {
  if (isDirect(delivery)) return shortDirectSummary(delivery);
  if (!delivery.report) return deliveryStateWord(delivery.state);
  const { live, applied, told } = tallyOf(delivery.report);
  if (live.length === 0) return deliveryStateWord(delivery.state);
  if (told.length > 0 && applied.length === 0) {
    /* translators: 1: number of pods that were told of a change. 2: number of pods. */
    return sprintf(__('%1$d of %2$d told', 'everypod'), told.length, live.length);
  }
  if (isFresh(delivery.report) && told.length === 0) {
    // A page that a pod did not wait for may be old once more; the subject's own may be nowhere.
    return live.some(({ held }) => held) || speaksAgainst(delivery.change, delivery.report, live)
      ? deliveryStateWord('settled')
      : __('fresh', 'everypod');
  }
  const old = live.filter(isOld).length;
  if (old > 0) {
    /* translators: 1: number of pods that give an old page. 2: number of pods. */
    return sprintf(__('%1$d of %2$d old', 'everypod'), old, live.length);
  }
  /* translators: 1: number of pods that applied a change. 2: number of pods. */
  return sprintf(__('%1$d of %2$d applied', 'everypod'), applied.length, live.length);
}

function unknownWords(
  { report, change, unknownSince, createdAt }: Delivery,
  moment: (iso: string) => string,
): string {
  const said = sprintf(
    /* translators: %s: a time of day. */
    __('Unknown since %s: the bridge accepted this change, but gave no final report.', 'everypod'),
    moment(unknownSince ?? createdAt),
  );
  return report ? `${said} ${reportSummary(report, change, moment).text}` : said;
}

function reportSummary(report: Report, change: Delivery['change'], moment: (iso: string) => string): Summary {
  const tally = tallyOf(report);
  const { live, applied, told } = tally;
  if (live.length === 0) return nobodyToTell(report);
  if (told.length > 0 && applied.length === 0) return toldAlone(report, tally);
  if (told.length > 0) {
    const proving = { ...report, pods: live.filter((pod) => pod.state !== 'told') };
    return andTold(reportSummary(proving, change, moment), tally);
  }
  return withMade(appliedSummary(report, tally), change, report, live, moment);
}

function appliedSummary(report: Report, tally: Tally): Summary {
  const { live, applied, late } = tally;
  const missing = live.length - applied.length;
  if (missing === 0) {
    const standing = appliedEverywhere(report, tally);
    if (late.length === 0) return standing;
    return { tone: standing.tone, text: `${standing.text} ${lateWords(report, tally)}.` };
  }
  const old = oldOnPodsWords(live);
  const said = report.final ? partlyWords(report, tally) : soFarWords(tally);
  const text = old === null ? said : `${said} ${old}`;
  if (!report.final) return { tone: old === null ? 'pending' : 'partly', text };
  return { tone: applied.length > 0 ? 'partly' : 'bad', text };
}

function soFarWords({ live, applied }: Tally): string {
  return sprintf(
    /* translators: 1: number of pods that applied the change. 2: number of pods. */
    _n(
      'Applied by %1$d of %2$d pod so far.',
      'Applied by %1$d of %2$d pods so far.',
      live.length,
      'everypod',
    ),
    applied.length,
    live.length,
  );
}

function nobodyToTell(report: Report): Summary {
  return report.final
    ? { tone: 'bad', text: __('Accepted by the bridge; applied by no pod.', 'everypod') }
    : { tone: 'pending', text: __('Accepted by the bridge; no pods found so far.', 'everypod') };
}

/** "Applied by 2 of 3 pods; 1 unreachable." */
function partlyWords(report: Report, tally: Tally): string {
  const { live, applied, late } = tally;
  const missing = live.filter((pod) => pod.state !== 'applied');
  const reached =
    late.length > 0
      ? lateWords(report, tally)
      : sprintf(
          /* translators: 1: number of pods that applied the change. 2: number of pods. */
          _n('Applied by %1$d of %2$d pod', 'Applied by %1$d of %2$d pods', live.length, 'everypod'),
          applied.length,
          live.length,
        );
  return `${[reached, ...countsByState(missing)].join('; ')}.`;
}
