import type { Report, Pods as Standings } from '@everypod/contract';
import { html } from 'hono/html';
import type { PodCopy } from '../copies/copies.ts';
import { judge } from '../copies/verdict.ts';
import { lineOf, standingOf } from '../standings/standing.ts';
import type { Visit } from '../visits/visits.ts';
import { bridgeButton } from './bridge-button.ts';
import { everypodSwitch } from './everypod-switch.ts';
import { howFresh } from './how-fresh.ts';
import { madeWords } from './made-words.ts';
import { podCard } from './pod-card.ts';
import { visitStrip } from './visit-strip.ts';
import { wordpressButton } from './wordpress-button.ts';

export type Sight = {
  page: string;
  podCopies: PodCopy[];
  visits: Visit[];
  /** Null when the bridge does not say. */
  standings: Standings | null;
  report: Report | null;
  everypodOn: boolean;
  bridgeRuns: boolean;
  wordpressRuns: boolean;
};

/** The part of the wall that changes: rendered here only, and patched into the page by `browser/wall.js`. */
export function live(sight: Sight) {
  const { page, podCopies, visits, standings, report, everypodOn, bridgeRuns, wordpressRuns } = sight;
  const verdict = judge(podCopies);
  const pods = podCopies.map(({ pod }) => pod);
  const more = everypodOn && verdict.kind === 'agree' ? howFresh(pods, standings) : '';
  const card = (one: PodCopy) => {
    const standing = standingOf(one.pod, standings);
    const line = lineOf(one.pod, report, standings);
    const made = madeWords({ line, report, keeps: standing.keeps }, page);
    return podCard(one, { standing, made }, verdict, page);
  };
  return html`<div id="live">
    <div class="verdict" data-kind="${verdict.kind.replaceAll(' ', '-')}">
      <div class="verdict-words" role="status">
        <p>${verdict.sentence}</p>
        ${more === '' ? '' : html`<p class="last-change">${more}</p>`}
      </div>
      ${everypodSwitch(everypodOn, page)}
      ${wordpressRuns ? '' : html`<p class="cut-off">${whenStopped}</p>`}
      ${bridgeRuns ? '' : html`<p class="cut-off">${whenCutOff} ${everypodOn ? saveWaits : saveNeedsNoBridge}</p>`}
    </div>
    <section aria-labelledby="pods-title">
      <div class="pods-head">
        <h2 id="pods-title">Every pod’s copy</h2>
        <div class="pods-actions">
        ${wordpressButton(wordpressRuns, page)}
        ${bridgeButton(bridgeRuns, page)}
        <form method="post" action="/pods" data-done="One more pod starts.">
          <input type="hidden" name="page" value="${page}">
          <button>Add a pod</button>
        </form>
        </div>
      </div>
      <ul class="pods">${podCopies.map(card)}</ul>
    </section>
    ${visitStrip(visits, verdict)}
  </div>`;
}

const whenStopped =
  'WordPress is stopped: its process is gone. Visitors still get every page that they could read before.';
const whenCutOff =
  'The bridge is cut off: its process is stopped, so neither WordPress nor a pod reaches it.';
const saveWaits = 'A save waits in WordPress until the bridge is back; nobody has to save twice.';
const saveNeedsNoBridge = 'With Everypod off, a save does not go there.';
