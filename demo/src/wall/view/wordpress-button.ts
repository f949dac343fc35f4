import { html } from 'hono/html';

/** Stops WordPress or starts it, to see what visitors get meanwhile. */
export function wordpressButton(running: boolean, page: string) {
  return html`<form method="post" action="/wordpress" data-done="WordPress ${running ? 'is stopped' : 'runs again'}.">
    <input type="hidden" name="page" value="${page}">
    <input type="hidden" name="run" value="${running ? 'false' : 'true'}">
    <button>${running ? 'Stop WordPress' : 'Start WordPress'}</button>
  </form>`;
}
