import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CatchUp,
  catchUpAnswerSchema,
  type Event,
  getBody,
  newMessageId,
  newSecret,
  parseSecrets,
  podsSchema,
  type Report,
  reportSchema,
  sign,
  type Target,
  verify,
} from '@everypod/contract';
import { afterEach } from 'vitest';
import { type DnsServer, startDnsServer } from '../../fan-out/tests/dns-server.ts';
import { freePort } from '../../fan-out/tests/free-port.ts';
import { startPod, type TestPod } from '../../fan-out/tests/pod.ts';
import { type Bridge, type BridgeOptions, createBridge } from '../src/bridge.ts';
import { readConfig } from '../src/config/config.ts';
import { limits } from '../src/limits.ts';

export const secret = newSecret();
export const podSecret = newSecret();
const serviceName = 'nextjs-headless.myapp.svc.cluster.local';

const cleanUps: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
export function afterThisTest(cleanUp: () => unknown) {
  cleanUps.push(cleanUp);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-bridge-'));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Short times, so that a test that waits for a budget to end need not wait a minute. */
export const quick = { ...limits, eventBudgetMs: 1_500, lookAgainMs: 1_050 };

export type World = {
  dns: DnsServer;
  port: number;
  environment: Record<string, string>;
  pods: TestPod[];
  /** Starts a pod at 127.0.0.`last` and lists it in DNS. */
  addPod(last: number, options?: { secret?: string; listed?: boolean }): Promise<TestPod>;
  /** Lists exactly these addresses. */
  list(ips: readonly string[]): void;
};

/** A DNS server, a journal in a folder of its own, and no pods yet. */
export async function startWorld(environment: Record<string, string> = {}): Promise<World> {
  const dns = await startDnsServer();
  afterThisTest(() => dns.close());
  const port = await freePort();
  let ips: string[] = [];
  const world: World = {
    dns,
    port,
    pods: [],
    environment: {
      EVERYPOD_LISTEN: '127.0.0.1:0',
      EVERYPOD_PODS: `http://${serviceName}:${port}/siteapi/revalidate`,
      EVERYPOD_POD_CIDRS: '127.0.0.0/8',
      EVERYPOD_DNS: dns.address,
      EVERYPOD_SECRET: secret,
      EVERYPOD_POD_SECRET: podSecret,
      EVERYPOD_JOURNAL: `sqlite:${join(temporaryFolder(), 'journal.db')}`,
      EVERYPOD_LOG_LEVEL: 'silent',
      ...environment,
    },
    async addPod(last, options = {}) {
      const pod = await startPod({
        secret: options.secret ?? podSecret,
        ip: `127.0.0.${last}`,
        port,
        name: `pod-${last}`,
      });
      afterThisTest(() => pod.close());
      world.pods.push(pod);
      if (options.listed !== false) world.list([...ips, pod.identity.ip]);
      return pod;
    },
    list(next) {
      ips = [...next];
      dns.set(serviceName, ips);
    },
  };
  return world;
}

export type Started = Bridge & { url: string };

export async function startBridge(world: World, options: BridgeOptions = {}): Promise<Started> {
  const bridge = createBridge(readConfig(world.environment), {
    limits: quick,
    pushDeadlineMs: 500,
    ...options,
  });
  const port = await bridge.start();
  afterThisTest(() => bridge.stop());
  return { ...bridge, url: `http://127.0.0.1:${port}` };
}

export function event(targets: Target[] = [{ path: '/hello' }, { tag: 'wp:post:1' }]): Event {
  return {
    type: 'content.changed',
    timestamp: '2026-01-02T03:04:05Z',
    data: {
      site: 'https://example.org',
      change: 'post.updated',
      subject: { kind: 'post', id: '1', title: 'Hello' },
      actor: { id: '1', name: 'Ada' },
      targets,
    },
  };
}

type Sending = {
  id?: string;
  wait?: number;
  secret?: string;
  nowMs?: number;
  headers?: Record<string, string>;
};

export function postEvent(
  bridge: { url: string },
  body: Event | string = event(),
  { id = newMessageId('evt'), wait = 0, secret: by = secret, nowMs = Date.now(), headers = {} }: Sending = {},
): Promise<Response> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${bridge.url}/v1/events`, {
    method: 'POST',
    body: raw,
    headers: {
      'content-type': 'application/json',
      prefer: `wait=${wait}`,
      ...sign(parseSecrets(by), id, nowMs, raw),
      ...headers,
    },
  });
}

/** Posts and reads the report. */
export async function send(
  bridge: { url: string },
  body: Event = event(),
  sending: Sending = {},
): Promise<Report> {
  const answer = await postEvent(bridge, body, sending);
  if (answer.status !== 200 && answer.status !== 202)
    throw new Error(`${answer.status} ${await answer.text()}`);
  return reportSchema.parse(await answer.json());
}

export function signedGet(
  bridge: { url: string },
  path: string,
  nowMs = Date.now(),
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = sign(parseSecrets(secret), newMessageId('get'), nowMs, getBody(path));
  return fetch(bridge.url + path, { headers: { ...headers, ...more } });
}

export async function reportOf(bridge: { url: string }, id: string, nowMs = Date.now()): Promise<Report> {
  return reportSchema.parse(await (await signedGet(bridge, `/v1/events/${id}`, nowMs)).json());
}

export async function podsOf(bridge: { url: string }, nowMs = Date.now()) {
  return podsSchema.parse(await (await signedGet(bridge, '/v1/pods', nowMs)).json());
}

type Asking = { id?: string; secret?: string; nowMs?: number; headers?: Record<string, string> };

export function postCatchUp(
  bridge: { url: string },
  message: CatchUp,
  { id = newMessageId('catchup'), secret: by = podSecret, nowMs = Date.now(), headers = {} }: Asking = {},
): Promise<Response> {
  const raw = JSON.stringify(message);
  return fetch(`${bridge.url}/v1/catch-up`, {
    method: 'POST',
    body: raw,
    headers: { ...sign(parseSecrets(by), id, nowMs, raw), ...headers },
  });
}

/** Asks as a pod would, and trusts only a signed answer to this very question. */
export async function catchUp(bridge: { url: string }, message: CatchUp, nowMs = Date.now()) {
  const id = newMessageId('catchup');
  const answer = await postCatchUp(bridge, message, { id, nowMs });
  const body = Buffer.from(await answer.arrayBuffer());
  const trust = verify(parseSecrets(podSecret), answer.headers, body, nowMs, id);
  if (!trust.trusted) throw new Error(`${answer.status}: ${trust.cause}`);
  return catchUpAnswerSchema.parse(JSON.parse(body.toString('utf8')));
}

/** Asks, applies and moves the cursor, as a pod's readiness probe does. */
export async function probe(bridge: { url: string }, pod: TestPod, builtAt: string | null = null) {
  const found = await catchUp(bridge, {
    pod: pod.identity,
    cursor: pod.cursor,
    settled: pod.settled,
    builtAt,
  });
  if ('everything' in found) pod.everything += 1;
  else pod.apply(found.targets);
  pod.cursor = { epoch: found.epoch, seq: found.upTo };
  return found;
}
