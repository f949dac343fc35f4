import {
  getBody,
  newMessageId,
  newSecret,
  type Push,
  type PushAnswer,
  parseSecrets,
  pushAnswerSchema,
  sign,
  verify,
} from '@everypod/contract';
import type { ProcessClock } from '../../src/clock.ts';
import type { PodOptions } from '../../src/pod.ts';
import { newPodState } from '../../src/state.ts';
import { createPodOf } from '../../src/wiring.ts';

export const podSecret = newSecret();
export const epoch = 'epoch-one';

/** A pod in surroundings of its own, which notes what the framework is told. */
export function startPod(
  environment: Record<string, string> = {},
  options: Partial<PodOptions> = {},
  { leaseShare = 0 } = {},
) {
  const told: string[] = [];
  const log: string[] = [];
  const clock = createTestClock();
  const state = newPodState({ bornAtMs: clock.nowMs, leaseShare });
  const settings: Record<string, string> = {
    EVERYPOD_POD_SECRET: podSecret,
    POD_IP: '10.0.0.7',
    POD_NAME: 'nextjs-a',
    ...environment,
  };
  const invalidator = {
    path: (path: string, scope?: string) => void told.push(scope === undefined ? path : `${path} ${scope}`),
    tag: (tag: string) => void told.push(`#${tag}`),
  };
  const pod = createPodOf(
    { invalidator, ...options },
    {
      state: () => state,
      environment: settings,
      log: (_, message) => log.push(message),
      nowMs: () => clock.nowMs + clock.wallSkewMs,
      clock: clock.process,
    },
  );

  return {
    ...pod,
    told,
    log,
    clock,
    state,
    settings,
    /** Sends a push as the bridge does, and reads the answer as the bridge does. */
    async push(push: Partial<Push>): Promise<PushAnswer> {
      const id = newMessageId('push');
      const body = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [], ...push });
      const response = await pod.revalidate(signedRequest(body, { id, nowMs: clock.nowMs }));
      const text = await response.text();
      const verified = verify(parseSecrets(podSecret), response.headers, text, clock.nowMs, id);
      if (response.status !== 200 || !verified.trusted) throw new Error(`${response.status} ${text}`);
      return pushAnswerSchema.parse(JSON.parse(text));
    },
    /** Signed, as one asks who wants to know how the pod stands. */
    async probe(method = 'GET') {
      const headers = signedQuestion('/siteapi/ready', { nowMs: clock.nowMs + clock.wallSkewMs });
      const response = await pod.ready(new Request('http://pod/siteapi/ready', { method, headers }));
      return { status: response.status, headers: response.headers, ...(await response.json()) };
    },
    /** As kubelet does, and whoever else can reach the route. */
    async kubeletProbe() {
      const response = await pod.ready(new Request('http://pod/siteapi/ready'));
      return { status: response.status, body: await response.json() };
    },
  };
}

/** A clock that a test moves; but for a skew of the wall clock, every kind of time is the same. */
function createTestClock() {
  const waiting = new Set<{ ms: number; reached: (awake: true) => void }>();
  const end = new AbortController();
  let nowMs = Date.now();
  const process: ProcessClock = {
    monotonicMs: () => nowMs,
    awakeMs: () => nowMs,
    untilAwake(ms) {
      if (ms <= nowMs) return Promise.resolve(true);
      const { promise, resolve } = Promise.withResolvers<true>();
      waiting.add({ ms, reached: resolve });
      return promise;
    },
    ending: () => end.signal,
  };
  return {
    process,
    /** As SIGTERM does. */
    end: () => end.abort(),
    wallSkewMs: 0,
    get nowMs() {
      return nowMs;
    },
    set nowMs(next) {
      nowMs = next;
      for (const one of waiting) {
        if (one.ms > nowMs) continue;
        waiting.delete(one);
        one.reached(true);
      }
    },
  };
}

export function signedQuestion(pathWithQuery: string, { nowMs = Date.now(), secret = podSecret } = {}) {
  return { ...sign(parseSecrets(secret), newMessageId('ask'), nowMs, getBody(pathWithQuery)) };
}

export function signedRequest(
  body: string | Uint8Array,
  { id = newMessageId('push'), nowMs = Date.now(), secret = podSecret, headers = {} } = {},
): Request {
  const signed = sign(parseSecrets(secret), id, nowMs, body);
  const init = { method: 'POST', body: Buffer.from(body), headers: { ...signed, ...headers } };
  return new Request('http://pod/siteapi/revalidate', init);
}
