import { html } from 'hono/html';
import type { Verdict } from '../copies/verdict.ts';
import { seesOlderAgain, seesPageFlip } from '../visits/flips.ts';
import type { Visit } from '../visits/visits.ts';

/** What one visitor gets who loads the page again and again through the balancer. */
export function visitStrip(visits: Visit[], { newest }: Verdict) {
  return html`<section class="visits" aria-labelledby="visits-title">
    <h2 id="visits-title">What one visitor gets</h2>
    <p>${summary(visits)}</p>
    <ol>${visits.map((visit, index) => visitItem(visit, markOf(visits, index, newest)))}</ol>
  </section>`;
}

type Mark = 'newest' | 'older' | 'none';

const signs: Record<Mark, string> = { newest: '●', older: '▲', none: '○' };

function markOf(visits: Visit[], index: number, newest: string | null): Mark {
  if (visits[index]?.content === null) return 'none';
  return seesOlderAgain(visits, index, newest) ? 'older' : 'newest';
}

function visitItem({ number, servedBy, headline }: Visit, mark: Mark) {
  return html`<li id="visit-${number}" data-mark="${mark}">
    <span class="visit-pod">${signs[mark]} ${servedBy ?? 'no answer'}</span>
    <span class="visit-headline">${headline}</span>
    ${mark === 'older' ? html`<span class="visit-mark">Older again</span>` : ''}
  </li>`;
}

function summary(visits: Visit[]): string {
  return ['One request a second through the round-robin balancer.', ...whatCame(visits)].join(' ');
}

function whatCame(visits: Visit[]): string[] {
  const shown = visits.filter(({ content }) => content !== null);
  const without = visits.length - shown.length;
  const noPage = without > 0 ? [`${without} of the last ${visits.length} got no page.`] : [];
  if (shown.length === 0) return noPage;
  const pods = new Set(shown.map(({ servedBy }) => servedBy)).size;
  const from = `${without > 0 ? 'The others' : `The last ${shown.length}`} went to ${pods} ${pods === 1 ? 'pod' : 'pods'}`;
  return [...noPage, `${from} and showed ${pagesOf(shown)}.`];
}

function pagesOf(shown: Visit[]): string {
  if (new Set(shown.map(({ content }) => content)).size === 1) return 'one and the same page';
  return seesPageFlip(shown) ? 'a page that changes back and forth' : 'the page before and after a change';
}
