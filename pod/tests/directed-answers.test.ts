import { askDirected, createAnswerTrust, parseSecrets, verify } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, signedRequest, startPod } from './surroundings/pod.ts';

const secrets = parseSecrets(podSecret);

describe('A9 the answer to a catch-up', () => {
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  beforeEach(async () => {
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 3, everything: true }));
  });
  afterEach(() => bridge.stop());
  const start = () => startPod({ EVERYPOD_BRIDGE_URL: bridge.url });

  it.each([
    { who: 'a bridge that is new here', before: false },
    { who: 'a bridge that has answered before', before: true },
  ])('is not the question itself, come back in place of $who', async ({ before }) => {
    const pod = start();
    if (before) await pod.probe();
    bridge.answers(({ mirror }) => mirror());
    expect((await pod.probe()).ready).toBe(before);
    expect(pod.log.join()).toContain('mirrored question');
  });

  it('counts in the form of 0.1.0 until this bridge has given the present one', async () => {
    const pod = start();
    bridge.isFormer(true);
    expect((await pod.probe()).ready).toBe(true);
    bridge.isFormer(false);
    await pod.probe();
    bridge.isFormer(true);
    bridge.answers(({ answer }) => answer({ epoch, upTo: 4, targets: [] }));
    expect((await pod.probe()).cursor).toEqual({ epoch, seq: 3 });
    expect(pod.log.join()).toContain('restart the pods');
  });
});

describe('A9 the answer to a push', () => {
  const push = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [] });
  const asked = { peer: 'pod', secrets, id: 'push_1', signed: push };

  async function pushed(headers = {}) {
    const nowMs = Date.now();
    const answer = await startPod().revalidate(signedRequest(push, { id: 'push_1', nowMs, headers }));
    return { headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()), nowMs };
  }

  it('is signed in the form that no push has, where that is asked for', async () => {
    const { headers, body, nowMs } = await pushed(askDirected);
    expect(createAnswerTrust().verify({ headers, body }, { ...asked, nowMs })).toEqual({ trusted: true });
    expect(verify(secrets, headers, body, nowMs, 'push_1').trusted).toBe(false);
  });

  it('stays what it was for a bridge of 0.1.0, which does not ask', async () => {
    const { headers, body, nowMs } = await pushed();
    expect(verify(secrets, headers, body, nowMs, 'push_1').trusted).toBe(true);
  });
});
