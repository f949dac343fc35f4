import { html } from 'hono/html';
import type { Verdict } from '../copies/verdict.ts';
import { seesOlderAgain, seesPageFlip } from '../visits/flips.ts';
import type { Visit } from '../visits/visits.ts';

/** What one visitor gets who loads the page again and again through the balancer. */
export function visitStrip(visits: Visit[], { newest }: Verdict) {
  return html`<section class="visits" aria-labelledby="visits-title">
    <h2 id="visits-title">What one visitor gets</h2>
    <p>${summary(visits)}</p>
    <ol>${visits.map((visit, index) => visitItem(visit, seesOlderAgain(visits, index, newest)))}</ol>
  </section>`;
}

function visitItem({ number, servedBy, headline }: Visit, olderAgain: boolean) {
  return html`<li id="visit-${number}" data-mark="${olderAgain ? 'older' : 'newest'}">
    <span class="visit-pod">${olderAgain ? '▲' : '●'} ${servedBy ?? 'no answer'}</span>
    <span class="visit-headline">${headline}</span>
    ${olderAgain ? html`<span class="visit-mark">Older again</span>` : ''}
  </li>`;
}

function summary(visits: Visit[]): string {
  const pods = new Set(visits.map(({ servedBy }) => servedBy)).size;
  const contents = new Set(visits.map(({ content }) => content)).size;
  const requests = 'One request a second through the round-robin balancer.';
  const last = `The last ${visits.length} went to ${pods} ${pods === 1 ? 'pod' : 'pods'} and showed`;
  if (visits.length === 0) return requests;
  if (contents === 1) return `${requests} ${last} one and the same page.`;
  if (seesPageFlip(visits)) return `${requests} ${last} a page that changes back and forth.`;
  return `${requests} ${last} the page before and after a change.`;
}
