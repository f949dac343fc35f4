import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionTest, Delivery, PodsAnswer, Settings } from '../../wp-plugin/src/rest/shapes.ts';
import { createSwitches } from '../down/switches.ts';
import { readCopy } from '../pods/copies.ts';
import { root } from '../system/places.ts';
import { type System, startSystem } from '../system/start.ts';
import { constant, withConfig } from '../wordpress/config-file.ts';
import { openEditor } from './block-editor.ts';
import { figuresOf } from './figures.ts';
import { limits } from './limits.ts';
import { sendAndWait } from './sender.ts';
import { startVisitors } from './visitors.ts';
import { openWordPress, type WordPress } from './wordpress.ts';

const kept = join(root, 'e2e', '.everypod', 'one-worker');
const stateFolder = join(kept, 'system');
const config = join(stateFolder, 'wordpress', 'core', 'wp-config.php');
const content = join(stateFolder, 'wordpress', 'content');
const waitsFor = join(content, 'one-worker-waits-for.json');

let system: System;
let wordpress: WordPress;
let visitors: ReturnType<typeof startVisitors>;
let post: { id: number; slug: string };

beforeAll(async () => {
  mkdirSync(kept, { recursive: true });
  system = await startSystem({
    stateFolder,
    pods: 2,
    readyFile: join(kept, 'ready.json'),
    environment: {
      WORDPRESS_RUNTIME: 'native',
      WORDPRESS_WORKERS: '1',
      // So that the bridge, too, is among those who ask WordPress.
      EVERYPOD_OUTBOX_SECONDS: String(limits.outboxSeconds),
    },
  });
  const site = join(import.meta.dirname, 'site', 'everypod-one-worker.php');
  copyFileSync(site, join(content, 'mu-plugins', 'everypod-one-worker.php'));
  wordpress = await openWordPress(system.addresses);
  post = await wordpress.latest();
  visitors = startVisitors(system.addresses.pods);
});

afterAll(async () => {
  await visitors?.stop();
  if (visitors) console.log(figuresOf(wordpress.answers, visitors.visited).join('\n'));
  await system?.stop();
});

let asked = 0;
const sinceBefore = () => wordpress.answers.slice(asked);
afterEach(() => {
  asked = wordpress.answers.length;
});

/** An open panel asks until nothing of the report changes any more. */
async function untilFinal(): Promise<Delivery> {
  const giveUpAtMs = performance.now() + limits.finalMs;
  for (;;) {
    const delivery = await wordpress.ofPost(post.id);
    if (delivery?.final) return delivery;
    if (performance.now() > giveUpAtMs) throw new Error(`Not final: ${JSON.stringify(delivery)}`);
    await delay(limits.panelEveryMs);
  }
}

function expectInTime(): void {
  const late = sinceBefore().filter(({ ms }) => ms > limits.answeredMs);
  expect(late, `answered within ${limits.answeredMs} ms`).toEqual([]);
}

/** The bridge took the event at the first attempt, and every pod has settled it. */
async function expectSettled(change: string): Promise<Delivery> {
  const delivery = await untilFinal();
  expect(delivery).toMatchObject({ change, attempts: 1, problem: null, state: 'settled' });
  return delivery;
}

/** And each pod has visited the post's own page, which so is new for whoever comes next. */
async function expectMade(change: string): Promise<void> {
  const { report } = await expectSettled(change);
  const isOwn = ({ path }: { path: string }) => path.replace(/\/$/, '') === `/${post.slug}`;
  const made = report?.pods.map(({ name, visits }) => [name, visits?.paths.find(isOwn)?.result]);
  const wanted = system.addresses.pods.map(({ name }) => [name, expect.stringMatching(/^(made|seen)$/)]);
  expect(made).toEqual(wanted);
}

async function expectShown(title: string): Promise<void> {
  for (const pod of system.addresses.pods) {
    const { status, html } = await readCopy(pod, `/${post.slug}`);
    expect([pod.name, status, html.includes(title)]).toEqual([pod.name, 200, true]);
  }
}

/** What a panel and a status page ask that are open elsewhere. */
const lookOn = () =>
  Promise.all([
    wordpress.ofPost(post.id),
    wordpress.rest<PodsAnswer>('pods', '/everypod/v1/pods'),
    wordpress.rest('deliveries', '/everypod/v1/deliveries'),
  ]);

describe('a WordPress with one worker, whose pods make all their pages by asking it', () => {
  it('is one process, which answers one request at a time', async () => {
    const { standStillMs: ms, standStills } = limits;
    const stand = () =>
      wordpress.rest<{ process: number }>('stand still', '/one-worker/v1/stand-still', { ms });
    const stood = await Promise.all(Array.from({ length: standStills }, stand));
    expect(new Set(stood.map(({ process }) => process)).size).toBe(1);
    expect(Math.max(...sinceBefore().map((answer) => answer.ms))).toBeGreaterThan(standStills * ms);
  });

  it('answers a save by REST, and every pod makes its page anew', async () => {
    await Promise.all([wordpress.save(post.id, 'One hand, by REST'), lookOn()]);
    await expectMade('post.updated');
    await expectShown('One hand, by REST');
    expectInTime();
  });

  it('answers the block editor’s save with its metaboxes, and every pod shows it', async () => {
    const editor = await openEditor(wordpress, post.id);
    await Promise.all([editor.save('One hand, in the editor'), lookOn()]);
    // The metaboxes' event may come in one push with the post's own, whose pages were made then.
    await expectSettled('post.updated');
    await expectShown('One hand, in the editor');
    expectInTime();
  });

  it.each([
    ['revalidate', 'post.revalidated'],
    ['take-down', 'post.taken_down'],
  ])('answers %s, and every pod makes its page anew', async (route, change) => {
    await Promise.all([wordpress.rest(route, `/everypod/v1/posts/${post.id}/${route}`, {}), lookOn()]);
    await expectMade(change);
    expectInTime();
  });

  it('answers the connection test, which waits for the pods, while they make the pages of a save', async () => {
    await wordpress.call('status page', '/wp-admin/options-general.php?page=everypod');
    await wordpress.save(post.id, 'One hand, under test');
    const [test] = await Promise.all([
      wordpress.rest<ConnectionTest>('connection test', '/everypod/v1/connection-test', {}),
      lookOn(),
    ]);
    expect(test).toMatchObject({ passed: true });
    await expectMade('post.updated');
    await expectShown('One hand, under test');
    expectInTime();
  });

  it('answers cron, which delivers what a bridge that was away has missed', async () => {
    const { bridge } = createSwitches(system.addresses);
    await bridge(false);
    await wordpress.save(post.id, 'One hand, by cron');
    const failed = await wordpress.ofPost(post.id);
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1 });
    await bridge(true);
    await delay(Date.parse(failed?.nextAttemptAt ?? '') + limits.dueAfterMs - Date.now());
    await wordpress.call('cron', '/wp-cron.php?doing_wp_cron');
    expect(await untilFinal()).toMatchObject({ attempts: 2, problem: null });
    await expectShown('One hand, by cron');
    expectInTime();
  });

  it('answers whoever waits in it for the bridge, which waits for every pod’s answer (Prefer: wait)', async () => {
    const paths = [`/${post.slug}`, '/', '/nobody-has-asked-yet'];
    const { status, report } = await sendAndWait(wordpress, system.addresses, paths);
    expect(status).toBe(202);
    expect(report.pods.map(({ state }) => state)).toEqual(system.addresses.pods.map(() => 'applied'));
    expectInTime();
  });

  it('answers a save and the connection test where there is no bridge, and pods tell each other', async () => {
    const to = `${system.addresses.balancer}/siteapi/revalidate`;
    const toPods = (text: string) =>
      constant('EVERYPOD_BRIDGE_URL', to)(constant('EVERYPOD_DESTINATION', 'load-balancer')(text));
    const leadsTo = async (where: string) => {
      const giveUpAtMs = performance.now() + limits.settingMs;
      const read = () => wordpress.rest<Settings>('settings', '/everypod/v1/settings');
      while ((await read()).destination.value !== where && performance.now() < giveUpAtMs) await delay(100);
    };
    await withConfig(
      toPods,
      async () => {
        await leadsTo('load-balancer');
        await wordpress.save(post.id, 'One hand, to the pods');
        expect(await untilFinal()).toMatchObject({
          destination: 'load-balancer',
          attempts: 1,
          problem: null,
        });
        await expectShown('One hand, to the pods');
        const test = await wordpress.rest<ConnectionTest>(
          'connection test without a bridge',
          '/everypod/v1/connection-test',
          {},
        );
        expect(test).toMatchObject({ passed: true });
      },
      config,
    );
    expectInTime();
  });

  it('lets every visitor have its page', () => {
    expect(visitors.visited.length).toBeGreaterThan(0);
    expect(visitors.visited.filter(({ status }) => status !== 404)).toEqual([]);
  });

  it('is late where a save waits for a page that waits for WordPress: the control', async () => {
    await visitors.stop();
    const wish = { page: `${system.addresses.balancer}/nobody-waits-`, seconds: limits.controlWaitSeconds };
    writeFileSync(waitsFor, JSON.stringify(wish));
    await wordpress.save(post.id, 'One hand, for ever');
    rmSync(waitsFor);
    expect(expectInTime).toThrow(/answered within/);
    // For all the time that it was willing to wait: the page could not be made before the save was answered.
    expect(sinceBefore().at(-1)?.ms).toBeGreaterThan(1_000 * limits.controlWaitSeconds);
  });
});
