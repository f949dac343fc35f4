import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../system/addresses.ts';
import type { Article, Content } from './content.ts';
import { limits } from './limits.ts';
import { deliver, readWaitingRows, type WaitingRow } from './outbox-rows.ts';
import { isError, type Place, placeKey, type Read, read } from './readers.ts';
import type { Watch } from './standings.ts';
import type { Switches } from './switches.ts';

/** What happened in one outage of WordPress, by `performance.now()`. */
export type Outage = {
  downAtMs: number;
  /** Before it could be back, and when it answered. */
  untilMs: number;
  upAtMs: number;
  /** What each page of each pod was before anybody was told of a change. */
  before: Map<string, Read>;
  /** From when on the bridge had the event that names a path. */
  acceptedAtMs: Map<string, number>;
  seqOfPath: Map<string, number>;
  lastSeq: number;
  /** `paths`: where it was shown, as its event says; nobody is given a former page of these. */
  takenDown: { path: string; paths: Set<string>; acceptedAtMs: number };
  bridgeAway: { fromMs: number; toMs: number };
  /** When each was first new, after WordPress was back; missing where it never was. */
  newAtMs: Map<string, number>;
  settledAtMs: number | null;
  final: Map<string, Read>;
  /** Pods that said just before its end that they keep what was there. */
  keeping: number;
};

type Ground = {
  addresses: Addresses;
  databaseFile: string;
  switches: Switches;
  content: Content;
  watch: Watch;
  places: readonly Place[];
  say: (line: string) => void;
  /** Of an event, before it is handed to the bridge. */
  asSent: (row: WaitingRow) => { id: string; body: string };
};

/**
 * Editors change every article, and take one back, while the bridge is away. Then WordPress ends, the bridge is back and gets
 * all of it, is away once more for longer than a lease, and at last WordPress is back.
 */
export async function goThroughOutage(
  ground: Ground,
  { outageMs, leaseMs, taken }: { outageMs: number; leaseMs: number; taken: Article },
): Promise<Outage> {
  const { addresses, switches, content, watch, places, say } = ground;
  const articles = await content.all();
  const others = articles.filter(({ id }) => id !== taken.id);

  await switches.bridge(false);
  for (const article of others) await content.retitle(article, `${article.title} again`);
  await content.takeBack(taken);
  await switches.wordpress(false);
  const downAtMs = performance.now();
  const untilShare = async (share: number) =>
    delay(Math.max(0, downAtMs + outageMs * share - performance.now()));
  say(`WordPress is stopped. ${articles.length} articles were changed just before, and no pod was told.`);
  await switches.bridge(true);
  const before = await readAll(places);

  const rows = readWaitingRows(ground.databaseFile);
  const path = `/${taken.slug}`;
  const takingRow = rows.findLast(({ event }) => event.data.subject.id === String(taken.id));
  if (takingRow === undefined) throw new Error(`The outbox has no event of ${path}.`);
  const edits = rows.filter((row) => row !== takingRow);
  const acceptedAtMs = new Map<string, number>();
  const seqOfPath = new Map<string, number>();
  let lastSeq = 0;
  const handOver = async (row: WaitingRow) => {
    lastSeq = await deliver(ground.asSent(row), addresses);
    for (const target of row.event.data.targets) {
      if (!('path' in target) || 'scope' in target) continue;
      const named = withoutSlash(target.path);
      if (seqOfPath.has(named)) continue;
      seqOfPath.set(named, lastSeq);
      acceptedAtMs.set(named, performance.now());
    }
  };
  for (const [index, row] of edits.entries()) {
    await untilShare(0.1 + (0.25 * index) / edits.length);
    await handOver(row);
  }
  say(`The bridge has ${edits.length} events.`);
  await untilShare(0.4);
  await handOver(takingRow);
  const takenDown = { path, paths: vanishingPaths(takingRow.event), acceptedAtMs: performance.now() };
  say(`${path} is taken down.`);

  await untilShare(0.5);
  await switches.bridge(false);
  const fromMs = performance.now();
  await delay(leaseMs + limits.bridgeAwayBeyondLeaseMs);
  await switches.bridge(true);
  const bridgeAway = { fromMs, toMs: performance.now() };
  say(`The bridge was away for ${Math.round((bridgeAway.toMs - fromMs) / 1000)} s, and is back.`);

  await untilShare(1);
  const keeping = watch.standings.at(-1)?.pods.filter(({ live, keeps }) => live && keeps).length ?? 0;
  const untilMs = performance.now();
  await switches.wordpress(true);
  const upAtMs = performance.now();
  say('WordPress is back.');
  const newAtMs = new Map<string, number>();
  const hasSettled = ({ settled }: { settled: { seq: number } | null }) => (settled?.seq ?? 0) >= lastSeq;
  const settling = watch.until(hasSettled, limits.settledMs);
  const pods = new Set(places.map(({ pod }) => pod));
  const ofPod = [...pods].map((pod) => places.filter((one) => one.pod === pod));
  await Promise.all(ofPod.map((some) => untilNew(some, { before, newAtMs, settling })));
  const settledAtMs = await settling;
  const final = await readAll(places);
  return {
    ...{
      downAtMs,
      untilMs,
      upAtMs,
      before,
      acceptedAtMs,
      seqOfPath,
      lastSeq,
      takenDown,
      bridgeAway,
      newAtMs,
    },
    ...{ settledAtMs, final, keeping },
  };
}

const withoutSlash = (path: string) => (path === '/' ? path : path.replace(/\/$/, ''));

function vanishingPaths({ data }: WaitingRow['event']): Set<string> {
  const paths = data.targets.flatMap((target) =>
    'path' in target && 'vanishes' in target && target.vanishes ? withoutSlash(target.path) : [],
  );
  return new Set(paths);
}

type Making = Pick<Outage, 'before' | 'newAtMs'> & { settling: Promise<unknown> };

/** One pod's pages, each asked for until it is not what it was; some never change. */
async function untilNew(places: readonly Place[], { before, newAtMs, settling }: Making) {
  const left = new Set(places);
  let settled = false;
  void settling.then(() => {
    settled = true;
  });
  for (let isLast = false; left.size > 0 && !isLast; ) {
    isLast = settled;
    for (const place of left) {
      const seen = await read(place);
      const key = placeKey(seen);
      if (isError(seen) || seen.content === before.get(key)?.content) continue;
      newAtMs.set(key, seen.endedAtMs);
      left.delete(place);
    }
    await delay(limits.newAgainMs);
  }
}

/** Each once, one after the other. */
export async function readAll(places: readonly Place[]): Promise<Map<string, Read>> {
  const seen = new Map<string, Read>();
  for (const place of places) {
    const one = await read(place);
    seen.set(placeKey(one), one);
  }
  return seen;
}
