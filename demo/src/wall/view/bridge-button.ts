import { html } from 'hono/html';

/** Cuts the bridge off or brings it back, to see that a change saved meanwhile still arrives. */
export function bridgeButton(running: boolean, page: string) {
  return html`<form method="post" action="/bridge" data-done="The bridge ${running ? 'is cut off' : 'is back'}.">
    <input type="hidden" name="page" value="${page}">
    <input type="hidden" name="run" value="${running ? 'false' : 'true'}">
    <button>${running ? 'Cut the bridge off' : 'Bring the bridge back'}</button>
  </form>`;
}
