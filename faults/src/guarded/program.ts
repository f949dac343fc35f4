import { setTimeout as sleep } from 'node:timers/promises';
import {
  newMessageId,
  newSecret,
  parseSecrets,
  pushAnswerSchema,
  settledAnswerSchema,
  sign,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { createRandom } from '../seed/random.ts';
import { createGuardedPod } from './guarded-pod.ts';

/**
 * A program of its own, so that a broken variant can be loaded into it: publishes while pages are made, asks the pod when it
 * has settled, and reads. What it saw goes to stdout. Its wall clock stands still and jumps back.
 */
const random = createRandom('guarded');
const wallMs = Date.now;
Date.now = () => Math.floor(wallMs() / limits.guardedClockStandsMs) * limits.guardedClockStandsMs;

const secret = newSecret();
const secrets = parseSecrets(secret);
const pages = Array.from({ length: limits.guardedPages }, (_, nth) => `/page-${nth}`);
const versions = new Map(pages.map((page) => [page, 1]));
const versionOf = (page: string) => versions.get(page) ?? 0;
const seen = { settled: 0, reads: 0, old: [] as string[], ways: {} as Record<string, number> };

const pod = createGuardedPod({
  environment: {
    EVERYPOD_POD_SECRET: secret,
    POD_IP: '10.0.0.1',
    POD_NAME: 'guarded',
    EVERYPOD_SETTLE_SECONDS: '30',
  },
  versionOf,
  renderMs: () => random.whole(0, limits.guardedRenderMs),
});

async function post(message: object): Promise<unknown> {
  const body = JSON.stringify(message);
  const headers = { ...sign(secrets, newMessageId('guarded'), wallMs(), body) };
  const response = await pod.revalidate(
    new Request('http://pod/siteapi/revalidate', { method: 'POST', body, headers }),
  );
  return response.json();
}

let seq = 0;
const epoch = 'epoch-guarded';

async function publish(page: string) {
  const version = versionOf(page) + 1;
  versions.set(page, version);
  const first = seq === 0;
  seq += 1;
  const upTo = seq;
  const all = first && { everything: true };
  pushAnswerSchema.parse(await post({ epoch, after: upTo - 1, upTo, targets: [{ tag: page }], ...all }));
  const question = { ask: 'settled', epoch, upTo, waitMs: limits.guardedWaitMs };
  const { settled, how = 'not settled' } = settledAnswerSchema.parse(await post(question));
  seen.ways[how] = (seen.ways[how] ?? 0) + 1;
  if (settled?.epoch !== epoch || settled.seq < upTo) return;
  seen.settled += 1;
  // Nothing that begins from now on may be older.
  const reads = await Promise.all(Array.from({ length: 3 }, () => pod.read(page)));
  await sleep(random.whole(0, limits.guardedRenderMs));
  for (const read of [...reads, await pod.read(page)]) {
    seen.reads += 1;
    if (read < version) seen.old.push(`${page} said ${read} after version ${version} was drained`);
  }
}

let over = false;
/** Readers keep renders under way all the time. */
async function readOn() {
  while (!over) {
    await pod.read(random.pick(pages));
    await sleep(random.whole(0, 4));
  }
}

const readers = Array.from({ length: limits.guardedReaders }, readOn);
const writers = Array.from({ length: limits.guardedWriters }, async () => {
  while (performance.now() < limits.guardedRunMs) {
    await sleep(random.whole(0, 10));
    await publish(random.pick(pages));
  }
});
await Promise.all(writers);
over = true;
await Promise.all(readers);
// What stayed behind for good, with nobody publishing any more.
for (const page of pages) {
  const read = await pod.read(page);
  seen.reads += 1;
  if (read < versionOf(page)) seen.old.push(`${page} says ${read} for good, not ${versionOf(page)}`);
}
process.stdout.write(JSON.stringify(seen));
process.exit(0);
