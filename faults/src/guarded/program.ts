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
import { startToggledOrigin } from './toggled-origin.ts';

/**
 * A program of its own, so that a broken variant can be loaded into it: publishes while pages are made, asks the pod when it
 * has settled, and reads. What it saw goes to stdout. Its wall clock stands still and jumps back.
 */
const random = createRandom('guarded');
const wallMs = Date.now;
Date.now = () => Math.floor(wallMs() / limits.guardedClockStandsMs) * limits.guardedClockStandsMs;

const secret = newSecret();
const secrets = parseSecrets(secret);
const origin = await startToggledOrigin();
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
  /** Reads that got a page as it was while it might be given. */
  kept: 0,
  givenTooLong: [] as string[],
};
const contentOrigin = 'https://wordpress.example';

const environment: Record<string, string> = {
  EVERYPOD_POD_SECRET: secret,
  POD_IP: '10.0.0.1',
  POD_NAME: 'guarded',
  EVERYPOD_SETTLE_SECONDS: '30',
};
const pod = await startGuardedPod({
  environment,
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

/** As WordPress has just said it. */
async function push(tag: string): Promise<number> {
  seq += 1;
  const upTo = seq;
  pushAnswerSchema.parse(await post({ epoch, after: upTo - 1, upTo, targets: [{ tag }], ...news() }));
  return upTo;
}

/** By the pod's own address, on which it may visit itself. */
async function pushOver(target: { tag: string; vanishes?: true }, about: object): Promise<number> {
  seq += 1;
  const upTo = seq;
  pushAnswerSchema.parse(await send({ epoch, after: upTo - 1, upTo, targets: [target], ...about }));
  return upTo;
}

const news = (keepMs = 0) => ({ event: { id: newMessageId('event'), ageMs: 0, keepMs } });

/** As a bridge does, by the pod's own address. */
async function send(message: object): Promise<unknown> {
  const body = JSON.stringify(message);
  const headers = { ...sign(secrets, newMessageId('guarded'), wallMs(), body) };
  const url = `${pod.url}/siteapi/revalidate`;
  const { text } = await call({ url, method: 'POST', body, headers, deadlineMs: limits.guardedMostMs });
  return JSON.parse(text);
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

/** As a visitor comes, from whom the pod learns which pages are asked for. */
async function visitor(page: string): Promise<number> {
  const url = `${pod.url}${page}`;
  const { text } = await call({ url, method: 'GET', deadlineMs: limits.guardedMostMs });
  return Number(/version:(\d+)/.exec(text)?.[1]);
}

async function hasSettled(upTo: number, waitMs: number): Promise<boolean> {
  const { settled } = settledAnswerSchema.parse(await send({ ask: 'settled', epoch, upTo, waitMs }));
  return settled?.epoch === epoch && settled.seq >= upTo;
}

/** Pages for which a bridge says that it comes back, and does not: they are given as they were until their time is over. */
async function publishKept(page: string) {
  await visitor(page);
  const version = versionOf(page) + 1;
  versions.set(page, version);
  const upTo = await pushOver({ tag: page }, news(limits.guardedKeepMs));
  let settled = false;
  // A broken variant may never settle.
  for (let round = 0; !settled && round < limits.guardedSettleRounds; round += 1) {
    settled = await hasSettled(upTo, 0);
    const read = await visitor(page);
    if (read < version && settled)
      seen.givenTooLong.push(`${page} said ${read} after ${version} had settled`);
    else if (read < version) seen.kept += 1;
    await sleep(limits.guardedKeepMs / 10);
  }
}

/** While content can't be had: what was changed is given as it was, and what was taken away is not. */
async function publishWhileAway(changed: string, taken: string) {
  for (const page of [changed, taken]) await visitor(page);
  origin.turn(false);
  for (const page of [changed, taken]) versions.set(page, versionOf(page) + 1);
  const changedUpTo = await pushOver({ tag: changed }, {});
  const upTo = await pushOver({ tag: taken, vanishes: true }, {});
  for (let times = 0; times < 3; times += 1) {
    const isOld = async (page: string) => (await visitor(page)) < versionOf(page);
    if (await isOld(changed)) seen.kept += 1;
    if (await isOld(taken)) seen.givenTooLong.push(`${taken} was given after it was to vanish`);
  }
  if (await hasSettled(changedUpTo, 0)) seen.givenTooLong.push(`${changed} had settled while it was kept`);
  origin.turn(true);
  for (let round = 0; round < limits.guardedSettleRounds; round += 1) {
    if (await hasSettled(upTo, limits.guardedKeepMs / 10)) break;
    await pod.ready(new Request('http://pod/siteapi/ready'));
  }
  const read = await visitor(changed);
  if (read < versionOf(changed)) seen.givenTooLong.push(`${changed} said ${read} after it had settled`);
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
// Only now is it known where content comes from: what is kept while it can't be had is no matter of the renders above.
environment.EVERYPOD_ORIGIN_URL = origin.url;
await Promise.all(pages.slice(0, limits.guardedKeptPages).map(publishKept));
for (let round = 0; round < limits.guardedAwayRounds; round += 1) {
  await publishWhileAway(`/page-${2 * round}`, `/page-${2 * round + 1}`);
}
// What stayed behind for good, with nobody publishing any more.
for (const page of pages) {
  const read = await pod.read(page);
  seen.reads += 1;
  if (read < versionOf(page)) seen.old.push(`${page} says ${read} for good, not ${versionOf(page)}`);
}
process.stdout.write(JSON.stringify(seen));
process.exit(0);
