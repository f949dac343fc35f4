import { html } from 'hono/html';
import type { Cause, Healing, PodView } from '../../cluster.ts';
import { duration } from '../../duration.ts';
import type { PodCopy } from '../copies/copies.ts';
import type { Copy } from '../copies/copy.ts';
import type { Verdict } from '../copies/verdict.ts';
import type { Standing } from '../standings/standing.ts';
import { clockTime } from './time.ts';

/**
 * One pod: what it shows, who made that, and what may be done to it. Nothing comes or goes before the buttons, which
 * would make `wall.js` put new ones in their place and lose the focus.
 */
export function podCard(
  { pod, copy, unanswered }: PodCopy,
  { standing, made }: { standing: Standing; made: string },
  verdict: Verdict,
  page: string,
) {
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
      <div><dt>Last change</dt><dd class="whole">${made}</dd></div>
      <div><dt>Edited</dt><dd>${copy?.modifiedAt ? clockTime(copy.modifiedAt) : '–'}</dd></div>
      <div><dt>Cursor</dt><dd>${cursorWords(standing)}</dd></div>
      <div><dt>Settled</dt><dd>${settledWords(standing)}</dd></div>
      <div><dt>Caught up</dt><dd class="whole">${pod.healing ? healingWords(pod.healing) : '–'}</dd></div>
    </dl>
    <p class="reason" ${pod.reason ? '' : 'hidden'}>${pod.reason ?? ''}</p>
    <div class="pod-foot">
      ${action(pod, page, { name: 'kill', label: 'Kill', done: 'was killed', disabled: !pod.running })}
      ${
        pod.frozen
          ? action(pod, page, { name: 'thaw', label: 'Thaw', done: 'goes on', disabled: false })
          : action(pod, page, { name: 'freeze', label: 'Freeze', done: 'is frozen', disabled: !pod.running })
      }
      ${action(pod, page, { name: 'restart', label: 'Restart', done: 'starts again', disabled: false })}
      ${pod.running ? html`<a href="${pod.url}${page}" aria-label="Open the copy of ${pod.name}">Open</a>` : ''}
    </div>
  </article></li>`;
}

function markOf(copy: Copy | null, verdict: Verdict): { kind: string; text: string } {
  if (!copy || verdict.newest === null) return { kind: 'none', text: 'No copy to see' };
  if (copy.content !== verdict.newest) return { kind: 'older', text: '▲ Older copy' };
  return { kind: 'newest', text: verdict.kind === 'differ' ? '● Newest copy' : '● Same copy' };
}

/** A pod that was killed or frozen is `ready` until enough probes have failed, as in a cluster. */
function isLost(pod: PodView): boolean {
  return pod.phase === 'ready' && (!pod.running || pod.frozen);
}

function phaseNote(pod: PodView): string {
  if (isLost(pod)) return pod.frozen ? ', but frozen' : ', but killed';
  return pod.phase === 'ready' ? '' : ', no visitors';
}

function cursorWords({ cursor, behind }: Standing): string {
  if (!cursor) return 'none yet';
  return behind ? `${cursor.seq}, behind by ${behind}` : String(cursor.seq);
}

function settledWords({ cursor, settled }: Standing): string {
  if (!settled) return cursor ? 'not yet' : 'none yet';
  const isBehind = settled.epoch !== cursor?.epoch || settled.seq < cursor.seq;
  return isBehind ? `${settled.seq}, settling` : String(settled.seq);
}

const since: Record<Cause, string> = {
  start: 'its start',
  thaw: 'its thaw',
  bridge: 'the bridge was back',
};

function healingWords({ from, ms }: Healing): string {
  return ms === null ? `not yet since ${since[from]}` : `${duration(ms)} after ${since[from]}`;
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

type Action = {
  name: 'kill' | 'freeze' | 'thaw' | 'restart';
  label: string;
  done: string;
  disabled: boolean;
};

/** Not `disabled`: that would take the focus from under the key that pressed it. */
function action(pod: PodView, page: string, { name, label, done, disabled }: Action) {
  return html`<form method="post" action="/pods/${pod.name}/${name}" data-done="${pod.name} ${done}.">
    <input type="hidden" name="page" value="${page}">
    <button aria-label="${label} ${pod.name}" ${disabled ? html`aria-disabled="true"` : ''}>${label}</button>
  </form>`;
}
