/** Keeps the wall live: asks the server for its changing part again and again, while the page is seen. */
const { refreshMs, refreshTimeoutMs, refreshUnansweredMs } = document.querySelector('main').dataset;

const page = new URLSearchParams(location.search).get('page') ?? '/';
const said = document.querySelector('#said');
let timer;

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  let nextMs = refreshMs;
  try {
    const answer = await fetch(`/live?${new URLSearchParams({ page })}`, {
      signal: AbortSignal.timeout(refreshTimeoutMs),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const wanted = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#live');
    patch(document.querySelector('#live'), wanted);
    if ('lost' in said.dataset) say('');
  } catch {
    say('The demo does not answer. Does npm start still run?', true);
    nextMs = refreshUnansweredMs;
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, nextMs);
}

/** Makes `now` like `wanted`, touching only what differs, so that focus, frames and announcements are kept. */
function patch(now, wanted) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== wanted.nodeValue) now.nodeValue = wanted.nodeValue;
    return;
  }
  patchAttributes(now, wanted);
  for (const child of [...now.children]) {
    if (child.id && ![...wanted.children].some(({ id }) => id === child.id)) child.remove();
  }
  let next = now.firstChild;
  for (const child of [...wanted.childNodes]) {
    const same = child.id ? [...now.children].find(({ id }) => id === child.id) : alike(next, child) && next;
    if (!same) {
      now.insertBefore(child, next);
      continue;
    }
    if (same !== next) now.insertBefore(same, next);
    patch(same, child);
    next = same.nextSibling;
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function patchAttributes(now, wanted) {
  for (const { name, value } of wanted.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    // Set here, not by the server, for as long as an answer is awaited.
    if (name !== 'aria-busy' && !wanted.hasAttribute(name)) now.removeAttribute(name);
  }
}

function alike(one, other) {
  return one?.nodeName === other.nodeName && (one.id ?? '') === (other.id ?? '');
}

function say(text, lost = false) {
  if (said.textContent !== text) said.textContent = text;
  said.toggleAttribute('data-lost', lost);
}

async function act(form, button) {
  const { done } = form.dataset;
  if (button.hasAttribute('aria-busy') || button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  say('One moment …');
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      redirect: 'manual',
    });
    say(answer.type === 'opaqueredirect' ? done : await answer.text());
  } catch {
    say('The demo does not answer. Does npm start still run?', true);
  }
  button.removeAttribute('aria-busy');
  refresh();
}

document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return;
  event.preventDefault();
  act(event.target, event.submitter);
});
document.querySelector('#page').addEventListener('change', (event) => event.target.form.submit());
document.addEventListener('visibilitychange', refresh);
document.documentElement.dataset.live = '';
timer = setTimeout(refresh, refreshMs);
