import { html } from 'hono/html';
import type { PodView } from '../../cluster.ts';
import type { PodCopy } from '../copies/copies.ts';
import type { Copy } from '../copies/copy.ts';
import type { Verdict } from '../copies/verdict.ts';
import { clockTime } from './time.ts';

/** One pod: what it shows, who made that, and what may be done to it. */
export function podCard({ pod, copy, unanswered }: PodCopy, verdict: Verdict, page: string) {
  const mark = markOf(copy, verdict);
  return html`<li id="pod-${pod.name}"><article class="pod" aria-label="${pod.name}" data-mark="${mark.kind}">
    <div class="pod-head">
      <h3>${pod.name}</h3>
      <p class="phase" data-phase="${isLost(pod) ? 'lost' : pod.phase.replace(' ', '-')}">
        <span>${pod.phase}</span>${phaseNote(pod)}
      </p>
    </div>
    <p class="mark">${mark.text}</p>
    <div class="screen">${screen(pod, copy, unanswered, page)}</div>
    <dl>
      <div><dt>Shows</dt><dd class="headline">${copy?.headline ?? '–'}</dd></div>
      <div><dt>Made by</dt><dd>${copy ? madeBy(copy) : '–'}</dd></div>
      <div><dt>Edited</dt><dd>${copy?.modifiedAt ? clockTime(copy.modifiedAt) : '–'}</dd></div>
      <div><dt>Cursor</dt><dd>${pod.cursor ? pod.cursor.seq : 'none yet'}</dd></div>
    </dl>
    ${pod.reason ? html`<p class="reason">${pod.reason}</p>` : ''}
    <div class="pod-foot">
      ${action(pod, page, { name: 'kill', label: 'Kill', done: 'was killed', disabled: !pod.running })}
      ${action(pod, page, { name: 'restart', label: 'Restart', done: 'starts again', disabled: false })}
      ${pod.running ? html`<a href="${pod.url}${page}">Open its copy</a>` : ''}
    </div>
  </article></li>`;
}

function markOf(copy: Copy | null, verdict: Verdict): { kind: string; text: string } {
  if (!copy || verdict.newest === null) return { kind: 'none', text: 'No copy to see' };
  if (copy.content !== verdict.newest) return { kind: 'older', text: '▲ Older copy' };
  return { kind: 'newest', text: verdict.kind === 'differ' ? '● Newest copy' : '● Same copy' };
}

/** A killed pod is `ready` until enough probes have failed, as in a cluster. */
function isLost(pod: PodView): boolean {
  return pod.phase === 'ready' && !pod.running;
}

function phaseNote(pod: PodView): string {
  if (isLost(pod)) return ', but killed';
  return pod.phase === 'ready' ? '' : ', no visitors';
}

function madeBy({ renderedBy, renderedAt }: Copy): string {
  const who = renderedBy === 'build' ? 'the build' : (renderedBy ?? 'nobody known');
  return renderedAt ? `${who}, ${clockTime(renderedAt)}` : who;
}

function screen(pod: PodView, copy: Copy | null, unanswered: string | null, page: string) {
  if (!copy) return html`<p>${unanswered ?? 'Waiting for its answer …'}</p>`;
  if (copy.status !== 200) return html`<p>${copy.headline}</p>`;
  const source = `/copies/${pod.name}?${new URLSearchParams({ page, version: copy.version })}`;
  return html`<iframe src="${source}" title="The page as ${pod.name} shows it" sandbox inert tabindex="-1"></iframe>`;
}

type Action = { name: 'kill' | 'restart'; label: string; done: string; disabled: boolean };

function action(pod: PodView, page: string, { name, label, done, disabled }: Action) {
  return html`<form method="post" action="/pods/${pod.name}/${name}" data-done="${pod.name} ${done}.">
    <input type="hidden" name="page" value="${page}">
    <button aria-label="${label} ${pod.name}" ${disabled ? 'disabled' : ''}>${label}</button>
  </form>`;
}
