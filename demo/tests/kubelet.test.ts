import type { ServerResponse } from 'node:http';
import { getBody, newSecret, parseSecret, verify } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKubelet, type Kubelet } from '../src/kubelet/kubelet.ts';
import { type StandingPod, standingPod } from './standing-pod.ts';

const cursor = { epoch: 'epoch-of-test', seq: 7 };
const json = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const isReady = (response: ServerResponse) => json(response, 200, { ready: true, cursor, settled: null });

const podSecret = newSecret();

let kubelet: Kubelet;
let pod: StandingPod;
let probes: string[];
let trusted: boolean[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  probes = [];
  trusted = [];
  answer = isReady;
  pod = await standingPod('nextjs-a', (request, response) => {
    probes.push(request.url ?? '');
    const headers = new Headers(request.headers as Record<string, string>);
    const question = getBody(request.url ?? '');
    trusted.push(verify([parseSecret(podSecret)], headers, question, Date.now()).trusted);
    answer(response);
  });
  kubelet = createKubelet(podSecret, { periodMs: 20, periodUntilReadyMs: 5, failuresUntilNotReady: 3 });
});

afterEach(async () => {
  kubelet.stop();
  await pod.close();
});

const phase = () => kubelet.watched()[0]?.phase;
const until = (wanted: string) =>
  vi.waitFor(() => expect(phase()).toBe(wanted), { timeout: 5_000, interval: 5 });

describe('a pod that has just started', () => {
  it('is not ready before a probe has passed, and tells why', async () => {
    answer = (response) => json(response, 503, { ready: false, reason: 'It has not caught up yet.' });
    kubelet.watch(pod);
    await vi.waitFor(() => expect(probes.length).toBeGreaterThan(4));
    expect(kubelet.ready()).toEqual([]);
    expect(kubelet.watched()[0]).toMatchObject({ phase: 'starting', reason: 'It has not caught up yet.' });
  });

  it('is ready with the first probe that passes, and its cursor is known to who signs', async () => {
    kubelet.watch(pod);
    await until('ready');
    expect(kubelet.ready()[0]).toMatchObject({ name: 'nextjs-a', url: pod.url, cursor, settled: null });
    expect(new Set(probes)).toEqual(new Set(['/siteapi/ready']));
    expect(new Set(trusted)).toEqual(new Set([true]));
  });

  it('is ready by its status alone, as for kubelet, when the body says nothing', async () => {
    answer = (response) => response.end('OK');
    kubelet.watch(pod);
    await until('ready');
    expect(kubelet.ready()[0]?.cursor).toBeNull();
  });

  it.each([
    ['no server', () => pod.close(), /did not answer/],
    [
      'an error',
      async () => {
        answer = (response) => json(response, 500, 'oops');
      },
      /It answered 500/,
    ],
  ])('is not ready with %s', async (_, prepare, reason) => {
    await prepare();
    kubelet.watch(pod);
    await vi.waitFor(() => expect(kubelet.watched()[0]?.reason).toMatch(reason));
    expect(phase()).toBe('starting');
  });
});

describe('a pod that was ready', () => {
  beforeEach(async () => {
    kubelet.watch(pod);
    await until('ready');
  });

  it('stays ready after a failure or two, and is not ready after the third', async () => {
    const failures: string[] = [];
    answer = (response) => {
      failures.push(phase() ?? '');
      json(response, 503, { ready: false, reason: 'tired' });
    };
    await until('not ready');
    expect(failures).toEqual(['ready', 'ready', 'ready']);
    expect(kubelet.ready()).toEqual([]);
  });

  it('begins to count anew with every probe that passes', async () => {
    let turn = 0;
    answer = (response) => {
      turn += 1;
      if (turn % 3 === 0) isReady(response);
      else json(response, 503, {});
    };
    await vi.waitFor(() => expect(turn).toBeGreaterThan(8), { timeout: 5_000 });
    expect(phase()).toBe('ready');
  });

  it('comes back with the first probe that passes', async () => {
    answer = (response) => json(response, 503, {});
    await until('not ready');
    answer = isReady;
    await until('ready');
    expect(kubelet.watched()[0]?.reason).toBeUndefined();
  });

  it('counts as starting again, without a cursor, when its container is restarted', async () => {
    answer = (response) => json(response, 503, {});
    kubelet.watch(pod);
    expect(kubelet.watched()).toHaveLength(1);
    expect(kubelet.watched()[0]).toMatchObject({ phase: 'starting', cursor: null });
  });
});

it('whoever listens is told of a new phase, and of nothing while all stays as it is', async () => {
  const phases: (string | undefined)[] = [];
  kubelet.onChange(() => phases.push(phase()));
  kubelet.watch(pod);
  await until('ready');
  const seen = probes.length;
  await vi.waitFor(() => expect(probes.length).toBeGreaterThan(seen + 3));
  expect(phases).toEqual(['starting', 'ready']);
});
