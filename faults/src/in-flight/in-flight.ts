import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '@everypod/contract';
import type { BuiltApp } from '../../../pod/tests/next/surroundings/build.ts';
import type { Verdict } from '../checker/verdict.ts';
import { openChronicle } from '../chronicle/chronicle.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { pushByHand } from '../gauntlet/handmade-push.ts';
import { limits } from '../limits.ts';
import { takeNetwork } from '../network.ts';
import { buildApps } from '../next/apps.ts';
import { createNextPod, type NextPod } from '../next/next-pod.ts';
import { createOriginClient } from '../origin/client.ts';
import { startOrigin } from '../origin/origin.ts';
import { createSite, slowPage } from '../origin/site.ts';
import { createVersions } from '../origin/versions.ts';
import { call } from '../outbound.ts';
import { createPrograms } from '../processes/programs.ts';
import { createSecretFile } from '../system/secret-files.ts';

/**
 * A real Next.js page whose render is in flight while it is invalidated: told by a webhook alone it stays old for as
 * long as one looks; told by a push it is fresh once the settling pass is over. Behind the guard it is fresh either way.
 */
export async function proveInFlight(folder: string): Promise<Verdict[]> {
  const network = await takeNetwork();
  const programs = createPrograms(join(folder, 'logs'));
  const chronicle = openChronicle(join(folder, 'chronicles', 'in-flight.jsonl'));
  const secret = createSecretFile(join(folder, 'in-flight-secret'));
  const versions = createVersions(createSite(1));
  const origin = await startOrigin({ ip: network.originIp, port: network.podPort, versions });
  const faults: string[] = [];
  const figures: string[] = [];

  async function show({ app, guarded }: Shown, index: number) {
    const pod = createNextPod({
      app,
      guarded,
      name: `in-flight-next-${app.variant.next}${guarded ? '' : '-unguarded'}`,
      ip: network.nextIp(index),
      port: network.podPort,
      originUrl: origin.url,
      slowRenderMs: limits.gauntletLongRenderMs,
      secrets: secret.current,
      environment: {
        EVERYPOD_POD_SECRET_FILE: secret.path,
        EVERYPOD_SETTLE_SECONDS: String(limits.gauntletSettleSeconds),
      },
      programs,
      chronicle,
    });
    await pod.start();
    const client = createOriginClient(origin.url, limits.readDeadlineMs);
    const change = async () => (await client.change([slowPage]))[0]?.version ?? 0;
    const bare = await oldFor(pod, change, () => callWebhook(pod));
    const pushed = await oldFor(pod, change, () => push(pod, secret.current()));
    await pod.kill();
    const name = `Next.js ${app.variant.next}${guarded ? ' behind the guard' : ''}`;
    const isFresh = bare !== null;
    if (isFresh && !guarded) faults.push(`${name} became fresh without a settling pass: this shows nothing.`);
    if (!isFresh && guarded) faults.push(`${name} still served the old page after a webhook.`);
    if (pushed === null) faults.push(`${name} still served the old page ${seconds(watchMs)} after the push.`);
    const byWebhook = bare === null ? 'old to the end' : `fresh ${seconds(bare)} after`;
    figures.push(`${name}: ${byWebhook} by a webhook, fresh ${seconds(pushed ?? watchMs)} after a push`);
  }

  try {
    const apps = await buildApps();
    await Promise.all([false, true].flatMap((guarded) => apps.map((app) => ({ app, guarded }))).map(show));
  } finally {
    await programs.stopAll();
    programs.close();
    await origin.stop();
    chronicle.close();
  }
  return [
    {
      name: 'in flight',
      assertion:
        'A real Next.js page in flight during its invalidation is fresh once it has settled, and behind the guard however it is told',
      judged: figures.length,
      faults,
      figures,
    },
  ];
}

type Shown = { app: BuiltApp; guarded: boolean };

const watchMs = 2 * limits.gauntletSettleSeconds * 1_000 + limits.measuringMs;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/**
 * For how long the page stays old after `tell`, in milliseconds; null when it is old to the end.
 * @param tell invalidates the page
 */
async function oldFor(pod: NextPod, change: () => Promise<number>, tell: () => Promise<unknown>) {
  let version = 0;
  let toldAt = 0;
  // On a busy machine a render may read the content too late, and then shows nothing.
  for (let tries = 0; tries < limits.inFlightTries; tries += 1) {
    await callWebhook(pod);
    await change();
    // This render reads the content now, and stores the page when it has changed once more.
    const inFlight = pod.version(slowPage);
    await sleep(limits.gauntletLongRenderMs / 4);
    version = await change();
    toldAt = monotonicMs();
    await tell();
    const old = await inFlight;
    if (old !== null && old < version) break;
  }
  while (monotonicMs() - toldAt < watchMs) {
    await probe(pod);
    const now = await pod.version(slowPage);
    if (now !== null && now >= version) return monotonicMs() - toldAt;
    await sleep(limits.headPeriodMs);
  }
  return null;
}

const callWebhook = ({ url }: NextPod) =>
  call({ url: `${url}/bare?path=${slowPage}`, method: 'POST', body: '', deadlineMs: limits.readDeadlineMs });

/** As a kubelet does. */
const probe = ({ url }: NextPod) => call({ url: `${url}/siteapi/ready`, deadlineMs: limits.probeDeadlineMs });

function push({ url }: NextPod, secrets: readonly string[]) {
  const targets: Target[] = [{ path: slowPage }];
  return pushByHand(url, secrets, { epoch: 'epoch-by-hand', after: 0, upTo: 1, targets });
}
