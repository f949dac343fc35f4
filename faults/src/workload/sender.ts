import { setTimeout as sleep } from 'node:timers/promises';
import { newMessageId, type Target, targetKey } from '@everypod/contract';
import { createBridgeClient } from '../bridges/client.ts';
import { type Chronicle, openChronicle } from '../chronicle/chronicle.ts';
import { limits } from '../limits.ts';
import { createOriginClient } from '../origin/client.ts';
import { createSite, type Site } from '../origin/site.ts';
import { createRandom } from '../seed/random.ts';
import { type Change, nextChange } from './changes.ts';
import { createDeliveries } from './deliveries.ts';
import { eventBody } from './event-body.ts';
import { type SenderNews, type SenderOrder, type SenderSettings, senderOrderSchema } from './messages.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { serveOutbox } from './outbox-route.ts';

const recentKept = 6;

/** A process that saves and delivers as WordPress does, and may be killed at any moment. It ends when its parent does. */
function runSender() {
  let skewMs = 0;
  let sender: Sender | undefined;
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    const order = senderOrderSchema.parse(message);
    if (order.do === 'begin') sender = createSender(order.settings, () => Date.now() + skewMs);
    else if (order.do === 'clock') skewMs = order.skewMs;
    else sender?.obey(order);
  });
}

type Sender = { obey(order: SenderOrder): void };

function createSender(settings: SenderSettings, nowMs: () => number): Sender {
  const chronicle = openChronicle(settings.chronicle);
  const outbox = openOutbox(settings.outbox);
  const origin = createOriginClient(settings.originUrl, limits.readDeadlineMs);
  const site = createSite(settings.articles);
  const random = createRandom(`${settings.seed}/${outbox.told().size}`);
  const { bridgeUrl: url, secretFile } = settings;
  const bridge = createBridgeClient({ url, secretFile, deadlineMs: settings.deliveryDeadlineMs, nowMs });
  const deliveries = createDeliveries({ bridge, outbox, chronicle, tell, readReports: settings.readReports });
  serveOutbox({
    ip: settings.outboxIp,
    port: settings.outboxPort,
    secrets: bridge.secrets,
    nowMs,
    waiting: outbox.waiting,
    accepted: deliveries.fetched,
  });
  const recent: string[] = [];
  let resting = settings.savesPerSecond === 0;

  async function save(change: Change) {
    const effects = await origin.change(change.paths);
    write({ change: change.change, targets: change.targets, effects }, outbox, chronicle, nowMs);
    recent.push(...change.paths.slice(0, 1));
    if (recent.length > recentKept) recent.shift();
    deliveries.soon();
  }

  async function work() {
    await sweep(site, outbox, chronicle, origin, nowMs).catch(() => {});
    deliveries.soon();
    for (;;) {
      await sleep(random.next() * 2 * (1_000 / Math.max(settings.savesPerSecond, 0.1)));
      if (!resting) await save(nextChange(site, random, recent)).catch(() => {});
    }
  }
  void work();

  return {
    obey(order) {
      if (order.do === 'rest') resting = true;
      if (order.do === 'resume') resting = false;
      if (order.do === 'deliveries') deliveries.pause(order.paused);
      if (order.do === 'save') {
        const targets = order.tags.map((tag) => ({ tag }));
        void save({ change: 'post.updated', paths: order.paths, targets }).catch(() => {});
      }
    },
  };
}

type Written = { change: string; targets: Target[]; effects: { path: string; version: number }[] };

function write(
  { change, targets, effects }: Written,
  outbox: Outbox,
  chronicle: Chronicle,
  nowMs: () => number,
) {
  const id = newMessageId('event');
  const body = eventBody(change, effects[0]?.path ?? '-', targets, nowMs());
  const keys = targets.map(targetKey);
  chronicle.note({ what: 'saved', id, effects, targets: keys });
  outbox.add({ id, body, effects, targets: keys });
  tell({ news: 'saved', id, paths: effects.map(({ path }) => path) });
}

/** A sender that was killed between the change and its row has told nobody; this finds the change. */
async function sweep(
  { states }: Site,
  outbox: Outbox,
  chronicle: Chronicle,
  origin: ReturnType<typeof createOriginClient>,
  nowMs: () => number,
) {
  const told = outbox.told();
  const untold = Object.entries(await origin.versions())
    .filter(([path, version]) => version > Math.max(1, told.get(path) ?? 1))
    .map(([path, version]) => ({ path, version }));
  for (const effect of untold) {
    const state = states.find(({ path }) => path === effect.path);
    const target = state ? { topic: state.topic } : { path: effect.path };
    write({ change: 'post.found', targets: [target], effects: [effect] }, outbox, chronicle, nowMs);
  }
}

function tell(news: SenderNews) {
  if (process.connected) process.send?.(news);
}

if (import.meta.main) runSender();
