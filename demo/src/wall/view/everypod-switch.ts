import { html } from 'hono/html';

export function everypodSwitch(on: boolean, page: string) {
  const done = `Everypod was switched ${on ? 'off' : 'on'}.`;
  return html`<form class="switch" method="post" action="/everypod" data-done="${done}">
    <input type="hidden" name="page" value="${page}">
    <input type="hidden" name="on" value="${on ? 'false' : 'true'}">
    <button role="switch" aria-label="Everypod" aria-checked="${on ? 'true' : 'false'}" aria-describedby="switch-says">
      <span class="switch-track" aria-hidden="true"></span>Everypod<span aria-hidden="true"> is ${on ? 'on' : 'off'}</span>
    </button>
    <p id="switch-says">${on ? whenOn : whenOff}</p>
  </form>`;
}

const whenOn =
  'A save goes to the bridge, which pushes it to every pod. A pod that was away catches up before it takes visitors.';

const whenOff =
  'A save calls one pod, through the balancer, as a webhook does. The others keep their old copies. Switched on again, the demo sends the bridge one event for the whole site.';
