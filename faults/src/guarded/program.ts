import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeAnswerSchema,
  newMessageId,
  newSecret,
  parseSecrets,
  pushAnswerSchema,
  settledAnswerSchema,
  sign,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { createRandom } from '../seed/random.ts';
import { startGuardedPod } from './guarded-pod.ts';

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
/** No event has a tag or path of these: they are made anew by visits alone. */
const untagged = Array.from({ length: limits.guardedUntaggedPages }, (_, nth) => `/untagged-${nth}`);
const versions = new Map([...pages, ...untagged].map((page) => [page, 1]));
const versionOf = (page: string) => versions.get(page) ?? 0;
const seen = {
  settled: 0,
  reads: 0,
  old: [] as string[],
  ways: {} as Record<string, number>,
  visits: {} as Record<string, number>,
  untrue: [] as string[],
};
const contentOrigin = 'https://wordpress.example';

const pod = await startGuardedPod({
  environment: {
    EVERYPOD_POD_SECRET: secret,
    POD_IP: '10.0.0.1',
    POD_NAME: 'guarded',
    EVERYPOD_SETTLE_SECONDS: '30',
  },
  versionOf,
  contentOrigin,
  isUntagged: (page) => untagged.includes(page),
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

async function push(tag: string): Promise<number> {
  seq += 1;
  const upTo = seq;
  pushAnswerSchema.parse(await post({ epoch, after: upTo - 1, upTo, targets: [{ tag }] }));
  return upTo;
}

async function publish(page: string) {
  const version = versionOf(page) + 1;
  versions.set(page, version);
  const upTo = await push(page);
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

/** What a visit says to be made is as new as what was published before, whoever was having it made meanwhile. */
async function publishAndVisit(page: string) {
  // A reader's render, which the visit meets under way: what it reads is older than what is published next.
  await push(page);
  const met = pod.read(page);
  await new Promise(setImmediate);
  const version = versionOf(page) + 1;
  versions.set(page, version);
  const upTo = await push('unrelated');
  const event = { id: newMessageId('event'), site: contentOrigin };
  const body = JSON.stringify({ ask: 'make', epoch, upTo, event, path: page, waitMs: limits.guardedMakeMs });
  const { text } = await call({
    url: `${pod.url}/siteapi/revalidate`,
    method: 'POST',
    body,
    headers: { ...sign(secrets, newMessageId('make'), wallMs(), body) },
    deadlineMs: limits.guardedMostMs,
  });
  const { visit } = makeAnswerSchema.parse(JSON.parse(text));
  seen.visits[visit.result] = (seen.visits[visit.result] ?? 0) + 1;
  if (visit.result !== 'made') return;
  await met;
  const read = await pod.read(page);
  if (read < version) seen.untrue.push(`${page} said ${read} after version ${version} was said to be made`);
}

let over = false;
/** Readers keep renders under way all the time. */
async function readOn() {
  while (!over) {
    await pod.read(random.pick(random.chance(0.3) ? untagged : pages));
    await sleep(random.whole(0, 4));
  }
}

const readers = Array.from({ length: limits.guardedReaders }, readOn);
// The guard is there from the first page on.
seq += 1;
pushAnswerSchema.parse(await post({ epoch, after: 0, upTo: seq, targets: [], everything: true }));
const writers = Array.from({ length: limits.guardedWriters }, async () => {
  while (performance.now() < limits.guardedRunMs) {
    await sleep(random.whole(0, 10));
    await publish(random.pick(pages));
  }
});
const makers = Array.from({ length: limits.guardedMakers }, async (_, nth) => {
  const own = untagged.filter((_, index) => index % limits.guardedMakers === nth);
  while (performance.now() < limits.guardedRunMs) await publishAndVisit(random.pick(own));
});
await Promise.all([...writers, ...makers]);
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
