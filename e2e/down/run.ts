import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../system/places.ts';
import { startSystem } from '../system/start.ts';
import { type Article, type Content, openContent } from './content.ts';
import type { Seen } from './judge.ts';
import { limits } from './limits.ts';
import { goThroughOutage } from './outage.ts';
import type { WaitingRow } from './outbox-rows.ts';
import { startReaders } from './readers.ts';
import { findPlaces } from './site-pages.ts';
import { type Watch, watchStandings } from './standings.ts';
import { goThroughSuddenEnds } from './sudden-ends.ts';
import { createSwitches } from './switches.ts';

/** Logs, and all that was read, stay for whoever looks into a failure. */
const kept = join(root, 'e2e', '.everypod', 'down');
/** Where no pod has ever had an answer. */
const nowhere = 'http://wordpress.invalid/';

export type Run = Seen & { pods: readonly { name: string }[]; pages: number };

/**
 * The whole system, its readers, and an outage of WordPress.
 * @param knowsOrigin whether the pods can tell that WordPress is away
 */
export async function runOutage(options: {
  outageMs: number;
  knowsOrigin: boolean;
  say: (line: string) => void;
}): Promise<Run> {
  const { outageMs, knowsOrigin, say } = options;
  const leaseSeconds = Math.max(
    limits.leaseSecondsAtLeast,
    Math.ceil((outageMs / 1000) * limits.leaseShareOfOutage),
  );
  const folder = join(kept, knowsOrigin ? 'known' : 'unknown');
  mkdirSync(folder, { recursive: true });
  const stateFolder = join(folder, 'system');
  const system = await startSystem({
    stateFolder,
    readyFile: join(folder, 'ready.json'),
    environment: {
      EVERYPOD_LEASE_SECONDS: String(leaseSeconds),
      ...(!knowsOrigin && { EVERYPOD_ORIGIN_URL: '' }),
    },
  });
  const { addresses } = system;
  const { pods } = addresses;
  const watch = watchStandings(addresses);
  try {
    const content = await openContent(addresses);
    // Where pods are to know nothing of WordPress they may hear of no event before.
    const [first] = knowsOrigin ? [await publishAndSettle(content, watch)] : await content.all();
    if (first === undefined) throw new Error('WordPress has no articles.');
    const places = await findPlaces(pods);
    const pages = places.length / pods.length;
    say(
      `${pods.length} pods with ${pages} pages each, a lease of ${leaseSeconds} s, WordPress on ${system.php} PHP.`,
    );
    const readers = startReaders(places);
    const ground = {
      ...{ addresses, content, watch, places, say },
      databaseFile: join(stateFolder, 'wordpress', 'content', 'database', '.ht.sqlite'),
      switches: createSwitches(addresses),
      asSent: knowsOrigin ? (row: WaitingRow) => row : fromNowhere,
    };
    try {
      const suddenEndsAtMs = knowsOrigin ? await goThroughSuddenEnds(ground) : [];
      const outage = await goThroughOutage(ground, { outageMs, leaseMs: leaseSeconds * 1000, taken: first });
      return { reads: readers.reads, standings: watch.standings, suddenEndsAtMs, outage, pods, pages };
    } finally {
      const { reads } = readers;
      writeFileSync(join(folder, 'seen.json'), JSON.stringify({ reads, standings: watch.standings }));
      await readers.stop();
    }
  } finally {
    await watch.stop();
    await system.stop();
  }
}

/** On every pod, before anybody reads. */
async function publishAndSettle(content: Content, watch: Watch): Promise<Article> {
  const article = await content.publish('For one tide only');
  const isThere = ({ settled }: { settled: { seq: number } | null }) => (settled?.seq ?? 0) > 0;
  if ((await watch.until(isThere, limits.settledMs)) === null) throw new Error('The pods have not settled.');
  return article;
}

/** The same event, which does not say where WordPress is. */
function fromNowhere({ id, event }: WaitingRow) {
  return { id, body: JSON.stringify({ ...event, data: { ...event.data, site: nowhere } }) };
}
