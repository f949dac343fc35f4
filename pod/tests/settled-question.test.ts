import {
  limits as messageLimits,
  newMessageId,
  newSecret,
  parseSecrets,
  type SettledAnswer,
  sayProtocol,
  settledAnswerSchema,
  speaksSecond,
  verify,
} from '@everypod/contract';
import { describe, expect, it, vi } from 'vitest';
import { limits } from '../src/limits.ts';
import { moveSettled, type Way } from '../src/settling/settled.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, signedRequest, startPod } from './surroundings/pod.ts';

type Pod = ReturnType<typeof startPod>;

const question = (upTo: number, more: Record<string, unknown> = {}) => ({
  ask: 'settled',
  epoch,
  upTo,
  waitMs: messageLimits.settledWaitMs,
  ...more,
});

/** Asks as the bridge does; what is open can be called off. */
function ask(pod: Pod, body: unknown, { id = newMessageId('settled'), secret = podSecret } = {}) {
  const calledOff = new AbortController();
  const signed = signedRequest(JSON.stringify(body), { id, nowMs: pod.clock.nowMs, secret });
  const answered = pod
    .revalidate(new Request(signed, { signal: calledOff.signal }))
    .then(async (response) => {
      const text = await response.text();
      const trusted = verify(parseSecrets(podSecret), response.headers, text, pod.clock.nowMs, id).trusted;
      return { status: response.status, headers: response.headers, trusted, json: JSON.parse(text) };
    });
  return { answered, callOff: () => calledOff.abort() };
}

async function answer(pod: Pod, body: unknown): Promise<SettledAnswer> {
  const { status, trusted, json } = await ask(pod, body).answered;
  expect({ status, trusted }).toEqual({ status: 200, trusted: true });
  return settledAnswerSchema.parse(json);
}

/** Applies what takes the cursor to this position. */
const apply = (pod: Pod, upTo: number) =>
  pod.push({ after: 0, upTo, targets: [{ path: `/${upTo}` }], ...(upTo === 1 && { everything: true }) });

/** `settled` moves to here, as whoever sees renders end would have it. */
function settle(
  { state }: Pod,
  seq: number,
  { how, held = [], heldBeside = 0 }: Partial<Way> & Pick<Way, 'how'>,
) {
  state.cursor = { epoch, seq };
  const life = { state, background: null, hasInvalidated: () => true };
  moveSettled(life, { epoch, seq }, { how, held, heldBeside });
}

/** The settling pass is due, and a probe makes it. */
async function settleAgain(pod: Pod) {
  pod.clock.nowMs += 10_000;
  await pod.probe();
}

const isOpen = (pod: Pod, open: number) =>
  vi.waitFor(() => expect(pod.state.settledSteps.waiting.size).toBe(open));

describe('a question when a pod has settled', () => {
  it('is answered when it has, by the second pass, with who the pod is', async () => {
    const pod = startPod();
    await apply(pod, 1);
    const { answered } = ask(pod, question(1));
    await isOpen(pod, 1);
    await settleAgain(pod);
    const { headers, trusted, json } = await answered;
    expect(json).toEqual({
      ok: true,
      pod: { ip: '10.0.0.7', name: 'nextjs-a', instance: pod.state.instance, builtAt: null },
      cursor: { epoch, seq: 1 },
      settled: { epoch, seq: 1 },
      how: 'second pass',
    });
    expect({ trusted, second: speaksSecond(headers) }).toEqual({ trusted: true, second: true });
    expect(pod.state.settledSteps.waiting.size).toBe(0);
  });

  it('is answered at once where it has settled that far already', async () => {
    const pod = startPod();
    await apply(pod, 1);
    await settleAgain(pod);
    expect(await answer(pod, question(1))).toMatchObject({ settled: { seq: 1 }, how: 'second pass' });
  });

  it('is answered as things stand when the wait is over, and then says no way', async () => {
    const pod = startPod();
    await apply(pod, 1);
    const said = await answer(pod, question(1, { waitMs: 20 }));
    expect(said).toMatchObject({ cursor: { seq: 1 }, settled: null });
    expect(said).not.toHaveProperty('how');
  });

  it('about another life of the journal is answered when the wait is over, and never by this one', async () => {
    const pod = startPod();
    await apply(pod, 1);
    await settleAgain(pod);
    expect(await answer(pod, question(1, { epoch: 'epoch-two', waitMs: 20 }))).not.toHaveProperty('how');
  });

  it('is answered only when the request that settled is over: the framework hears of it as that ends', async () => {
    const behind: Array<() => Promise<void>> = [];
    const pod = startPod({}, { background: (work) => void behind.push(work), hearsAgain: () => false });
    await apply(pod, 1);
    const { answered } = ask(pod, question(1));
    await isOpen(pod, 1);
    await settleAgain(pod);
    expect(pod.state.settled).toEqual({ epoch, seq: 1 });
    expect(await answer(pod, question(1, { waitMs: 0 }))).toMatchObject({ settled: null });
    await isOpen(pod, 1);
    for (const work of behind) await work();
    expect((await answered).json).toMatchObject({ settled: { seq: 1 }, how: 'second pass' });
  });

  it('names the least sure of all ways since, with every render that was held', async () => {
    const pod = startPod();
    await apply(pod, 1);
    settle(pod, 1, { how: 'second pass' });
    settle(pod, 2, { how: 'capped', held: [{ path: '/x', forMs: 10_000 }] });
    const held = {
      renders: [
        { path: '/x', forMs: 12_000 },
        { path: '/y', forMs: 11_000 },
      ],
      more: 2,
    };
    settle(pod, 3, { how: 'capped', held: held.renders, heldBeside: held.more });
    settle(pod, 4, { how: 'drained' });
    await vi.waitFor(async () =>
      expect(await answer(pod, question(4, { waitMs: 0 }))).toMatchObject({
        settled: { seq: 4 },
        how: 'drained',
      }),
    );
    expect(await answer(pod, question(3))).toMatchObject({ how: 'capped', held });
    expect(await answer(pod, question(1))).toMatchObject({ how: 'capped', held });
    expect(await answer(pod, question(1))).not.toHaveProperty('held.renders.2');
  });

  it('names at most as many held renders as an answer may have, and counts the others', async () => {
    const pod = startPod();
    const renders = (from: number) =>
      Array.from({ length: messageLimits.heldRenders }, (_, i) => ({
        path: `/${from + i}`,
        forMs: 10_000 + i,
      }));
    await apply(pod, 1);
    settle(pod, 1, { how: 'capped', held: renders(0), heldBeside: 5 });
    settle(pod, 2, { how: 'capped', held: renders(10) });
    await vi.waitFor(async () => {
      const { held } = await answer(pod, question(1, { waitMs: 0 }));
      expect({ named: held?.renders.length, more: held?.more }).toEqual({ named: 20, more: 15 });
    });
  });

  it('ends when the process is asked to end, as things stand', async () => {
    const pod = startPod();
    await apply(pod, 1);
    const { answered } = ask(pod, question(1));
    await isOpen(pod, 1);
    pod.clock.end();
    expect((await answered).json).toMatchObject({ settled: null });
    expect(await answer(pod, question(1))).toMatchObject({ settled: null });
  });

  it('ends when the bridge that asked has gone', async () => {
    const pod = startPod();
    await apply(pod, 1);
    const { answered, callOff } = ask(pod, question(1));
    await isOpen(pod, 1);
    callOff();
    await answered;
    expect(pod.state.settledSteps.waiting.size).toBe(0);
  });

  it('waits beside a few others, and where too many wait is answered at once; pushes go on', async () => {
    const pod = startPod();
    await apply(pod, 1);
    const open = Array.from({ length: limits.settledQuestionsAtOnce }, () => ask(pod, question(1)));
    await isOpen(pod, limits.settledQuestionsAtOnce);
    expect(await answer(pod, question(1))).toMatchObject({ settled: null });
    expect(await apply(pod, 2)).toMatchObject({ ok: true, cursor: { seq: 2 } });
    await settleAgain(pod);
    for (const { answered } of open) expect((await answered).json).toMatchObject({ how: 'second pass' });
  });

  it('is nobody’s who can’t sign, and takes no place', async () => {
    const pod = startPod();
    const { answered } = ask(pod, question(1), { secret: newSecret() });
    expect((await answered).status).toBe(401);
    expect(pod.state.settledSteps.waiting.size).toBe(0);
  });

  it.each([
    ['about something else', question(1, { ask: 'made' })],
    ['without a position', question(1, { upTo: undefined })],
    ['with a wait that is too long', question(1, { waitMs: messageLimits.settledWaitMs + 1 })],
    ['that is a push as well', question(1, { after: 0, targets: [{ path: '/' }] })],
  ])('is refused and applies nothing, one %s', async (_, body) => {
    const pod = startPod();
    const { status, json } = await ask(pod, body).answered;
    expect({ status, type: json.type }).toEqual({ status: 400, type: 'urn:everypod:problem:bad-request' });
    expect(pod.told).toEqual([]);
  });
});

describe('how a pod has settled', () => {
  it('is told in its answer to a push, to a bridge that speaks the second protocol alone', async () => {
    const pod = startPod();
    await apply(pod, 1);
    await settleAgain(pod);
    const body = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [{ path: '/1' }] });
    const answered = async (headers: Record<string, string>) => {
      const request = signedRequest(body, { nowMs: pod.clock.nowMs });
      request.headers.delete('everypod-protocol');
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
      return (await pod.revalidate(request)).json();
    };
    expect(await answered(sayProtocol)).toMatchObject({ settled: { seq: 1 }, how: 'second pass' });
    expect(await answered({})).not.toHaveProperty('how');
  });

  it('is told as it asks for catch-up, once, and only while the bridge says that it speaks the second protocol', async () => {
    const bridge = await startBridge(podSecret, ({ question: { cursor }, answer }) => {
      const upTo = (cursor?.seq ?? 0) + 1;
      answer({ epoch, upTo, targets: [{ path: `/${upTo}` }] });
    });
    const pod = startPod({ EVERYPOD_BRIDGE_URL: bridge.url });
    const how = async () => {
      await settleAgain(pod);
      return bridge.questions.at(-1)?.how;
    };
    try {
      bridge.speaksFirst(true);
      await pod.probe();
      expect([await how(), await how()]).toEqual([undefined, undefined]);
      expect(pod.state.settled).toMatchObject({ epoch });
      bridge.speaksFirst(false);
      expect([await how(), await how()]).toEqual([undefined, 'second pass']);
      bridge.answers(({ question: { cursor }, answer }) =>
        answer({ epoch, upTo: cursor?.seq ?? 0, targets: [] }),
      );
      for (let more = 0; more < 3; more += 1) await how();
      expect(await how()).toBeUndefined();
      bridge.speaksFirst(true);
      await how();
      expect(pod.state.bridgeSpeaksSecond).toBe(false);
    } finally {
      await bridge.stop();
    }
  });
});
