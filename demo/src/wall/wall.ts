import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { Addresses, Cluster, PodAction } from '../cluster.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { createCopies } from './copies/copies.ts';
import { snapshotOf } from './copies/snapshot.ts';
import { pageAsked } from './pages/page-asked.ts';
import { createPages } from './pages/pages.ts';
import { latestOf } from './standings/latest.ts';
import { live, type Sight } from './view/live.ts';
import { wallPage } from './view/wall-page.ts';
import { createVisits } from './visits/visits.ts';

export type WallOptions = { cluster: Cluster; addresses: Addresses };

/** The page that shows every pod's copy side by side. It looks only while somebody asks it to. */
export function createWall({ cluster, addresses }: WallOptions): Hono {
  const copies = createCopies({ cluster });
  const visits = createVisits({ addresses });
  const pages = createPages({ cluster });
  const latestStandings = latestOf(cluster, () => cluster.bridge.standings());
  const latestReport = latestOf(cluster, () => cluster.bridge.lastReport());
  const wall = new Hono();

  async function see(page: string): Promise<Sight> {
    const [podCopies, lastVisits, standings, report] = await Promise.all([
      copies.look(page),
      visits.visit(page),
      latestStandings(),
      latestReport(),
    ]);
    const runs = {
      everypodOn: cluster.everypod.on(),
      bridgeRuns: cluster.bridge.running(),
      wordpressRuns: cluster.wordpress.running(),
    };
    return { page, podCopies, visits: lastVisits, standings, report, ...runs };
  }

  wall.use(csrf());
  wall.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.text(error.message, 500),
  );

  wall.get('/', async (c) => {
    const page = pageAsked.parse(c.req.query('page'));
    const [sight, links] = await Promise.all([see(page), pages.list()]);
    return c.html(wallPage(sight, links, addresses));
  });
  wall.get('/live', async (c) => c.html(live(await see(pageAsked.parse(c.req.query('page'))))));

  wall.get('/copies/:pod', (c) => {
    const copy = copies.seen(pageAsked.parse(c.req.query('page')), c.req.param('pod'));
    return copy ? c.html(snapshotOf(copy.html)) : c.text('This pod has shown no copy of that page yet.', 404);
  });
  wall.get('/_next/static/*', async (c) => {
    const pod = cluster.pods().find(({ running, frozen }) => running && !frozen);
    if (!pod) return c.text('No pod runs.', 503);
    const asset = await call(`${pod.url}${c.req.path}`, { timeoutMs: limits.wallLookTimeoutMs });
    if ('unanswered' in asset) return c.text(asset.unanswered, 502);
    const type = asset.headers.get('content-type') ?? 'application/octet-stream';
    return c.body(asset.body, asset.status === 200 ? 200 : 404, { 'content-type': type });
  });

  wall.post('/pods', async (c) => {
    await cluster.add();
    return backToPage(c);
  });
  wall.post('/pods/:pod/kill', async (c) => told(c, await cluster.kill(c.req.param('pod'))));
  wall.post('/pods/:pod/freeze', async (c) => told(c, await cluster.freeze(c.req.param('pod'))));
  wall.post('/pods/:pod/thaw', async (c) => told(c, await cluster.thaw(c.req.param('pod'))));
  wall.post('/pods/:pod/restart', async (c) => told(c, await cluster.restart(c.req.param('pod'))));
  wall.post('/everypod', async (c) => {
    const { on } = await c.req.parseBody();
    const outcome = await cluster.everypod.turn(on === 'true');
    return outcome === 'done' ? backToPage(c) : c.text(eventOwed, 202);
  });

  wall.post('/bridge', async (c) => {
    const { run } = await c.req.parseBody();
    await (run === 'true' ? cluster.bridge.start() : cluster.bridge.stop());
    return backToPage(c);
  });

  wall.post('/wordpress', async (c) => {
    const { run } = await c.req.parseBody();
    await (run === 'true' ? cluster.wordpress.start() : cluster.wordpress.stop());
    return backToPage(c);
  });

  wall.get('/wall.js', (c) => ownFile(c, 'wall.js', 'text/javascript'));
  wall.get('/wall.css', (c) => ownFile(c, 'wall.css', 'text/css'));
  wall.get('/wall.svg', (c) => ownFile(c, 'wall.svg', 'image/svg+xml'));

  return wall;
}

const eventOwed =
  'Everypod was switched on. The bridge does not answer: the event for the whole site is sent once it is back.';

const refusals: Record<Exclude<PodAction, 'done'>, string> = {
  'unknown pod': 'There is no pod of that name any more.',
  'not running': 'No process runs for that pod: restart it instead.',
};

async function told(c: Context, outcome: PodAction): Promise<Response> {
  return outcome === 'done' ? backToPage(c) : c.text(refusals[outcome], 409);
}

/** For a browser without scripts; `wall.js` stays where it is. */
async function backToPage(c: Context): Promise<Response> {
  const { page } = await c.req.parseBody();
  return c.redirect(`/?${new URLSearchParams({ page: pageAsked.parse(page) })}`, 303);
}

async function ownFile(c: Context, name: string, type: string): Promise<Response> {
  const text = await readFile(new URL(`browser/${name}`, import.meta.url), 'utf8');
  return c.body(text, 200, { 'content-type': `${type}; charset=utf-8` });
}
