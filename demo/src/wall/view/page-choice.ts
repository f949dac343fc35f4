import { html } from 'hono/html';
import type { Link, LinkKind } from '../pages/links.ts';

const kinds: LinkKind[] = ['Articles', 'Categories', 'Authors', 'Pages'];

export function pageChoice(links: Link[], page: string) {
  const known = page === '/' || links.some(({ path }) => path === page);
  return html`<form class="page-choice" method="get" action="/">
    <label for="page">Page</label>
    <select id="page" name="page">
      ${option('/', 'Front page', page)}
      ${known ? '' : option(page, page, page)}
      ${kinds.map((kind) => group(kind, links, page))}
    </select>
    <button class="choice-button">Show</button>
  </form>`;
}

function group(kind: LinkKind, links: Link[], page: string) {
  const ofKind = links.filter((link) => link.kind === kind);
  if (ofKind.length === 0) return '';
  return html`<optgroup label="${kind}">${ofKind.map(({ path, name }) => option(path, name, page))}</optgroup>`;
}

function option(path: string, name: string, page: string) {
  return html`<option value="${path}" ${path === page ? 'selected' : ''}>${name}</option>`;
}
