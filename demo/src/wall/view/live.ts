import { html } from 'hono/html';
import type { PodCopy } from '../copies/copies.ts';
import { judge } from '../copies/verdict.ts';
import type { Visit } from '../visits/visits.ts';
import { bridgeButton } from './bridge-button.ts';
import { everypodSwitch } from './everypod-switch.ts';
import { podCard } from './pod-card.ts';
import { visitStrip } from './visit-strip.ts';

export type Sight = {
  page: string;
  podCopies: PodCopy[];
  visits: Visit[];
  everypodOn: boolean;
  bridgeRuns: boolean;
};

/** The part of the wall that changes: rendered here only, and patched into the page by `browser/wall.js`. */
export function live({ page, podCopies, visits, everypodOn, bridgeRuns }: Sight) {
  const verdict = judge(podCopies);
  return html`<div id="live">
    <div class="verdict" data-kind="${verdict.kind.replaceAll(' ', '-')}">
      <p role="status">${verdict.sentence}</p>
      ${everypodSwitch(everypodOn, page)}
      ${bridgeRuns ? '' : html`<p class="bridge-stopped">${whenBridgeStopped}</p>`}
    </div>
    <section aria-labelledby="pods-title">
      <div class="pods-head">
        <h2 id="pods-title">Every pod’s copy</h2>
        <div class="pods-actions">
        ${bridgeButton(bridgeRuns, page)}
        <form method="post" action="/pods" data-done="One more pod starts.">
          <input type="hidden" name="page" value="${page}">
          <button>Add a pod</button>
        </form>
        </div>
      </div>
      <ul class="pods">${podCopies.map((podCopy) => podCard(podCopy, verdict, page))}</ul>
    </section>
    ${visitStrip(visits, verdict)}
  </div>`;
}

const whenBridgeStopped =
  'The bridge is stopped. A save waits in WordPress until the bridge runs again; nobody has to save twice.';
