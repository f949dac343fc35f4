import { html } from 'hono/html';

/** Stops the bridge or starts it again, to see that a change saved meanwhile still arrives. */
export function bridgeButton(running: boolean, page: string) {
  return html`<form method="post" action="/bridge" data-done="The bridge ${running ? 'was stopped' : 'runs again'}.">
    <input type="hidden" name="page" value="${page}">
    <input type="hidden" name="run" value="${running ? 'false' : 'true'}">
    <button>${running ? 'Stop the bridge' : 'Start the bridge'}</button>
  </form>`;
}
