import { html } from 'hono/html';
import type { Addresses } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import type { Link } from '../pages/links.ts';
import { live, type Sight } from './live.ts';
import { pageChoice } from './page-choice.ts';

export function wallPage(sight: Sight, links: Link[], addresses: Addresses) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The wall – Everypod</title>
    <link rel="icon" href="/wall.svg">
    <link rel="stylesheet" href="/wall.css">
    <script type="module" src="/wall.js"></script>
  </head>
  <body>
    <header class="top">
      <div>
        <h1>The wall</h1>
        <p>One page, as every pod shows it at this moment.</p>
      </div>
      ${pageChoice(links, sight.page)}
      <nav aria-label="The demo">
        <a href="${addresses.wordpress}/wp-admin/">Write in WordPress</a>
        <a href="${addresses.balancer}${sight.page}">Visit the blog</a>
      </nav>
    </header>
    <p id="said" role="status" class="said"></p>
    <main ${refreshLimits}>${live(sight)}</main>
    ${whatToTry}
  </body>
</html>`;
}

/** Read by `browser/wall.js`. */
const refreshLimits = html`data-refresh-ms="${limits.wallRefreshMs}" data-refresh-timeout-ms="${limits.wallRefreshTimeoutMs}" data-refresh-unanswered-ms="${limits.wallRefreshUnansweredMs}"`;

const whatToTry = html`<aside class="try" aria-labelledby="try-title">
  <h2 id="try-title">What to try</h2>
  <ol>
    <li><strong>Edit the article</strong> that leads the front page, in WordPress, and watch the pods turn together.</li>
    <li><strong>Switch Everypod off</strong> and edit again: one pod turns, the others don’t, and the visitor’s page flips.</li>
    <li><strong>Switch it on</strong> again: the pods agree.</li>
    <li><strong>Add a pod</strong>, or kill one, edit, and restart it: it shows the new page from its first visitor on.</li>
    <li><strong>Freeze a pod</strong> and edit: the editor’s panel counts the others. Thaw it some seconds later: it follows, and its line says how much later.</li>
    <li><strong>Cut the bridge off</strong> and edit: the save waits in WordPress. Bring it back: every pod heals by itself.</li>
    <li><strong>Stop WordPress</strong> and switch Everypod off and on, which calls every page out of date: visitors still get each page, and each pod says that it is old. Start WordPress: the pods make them anew.</li>
  </ol>
</aside>`;
