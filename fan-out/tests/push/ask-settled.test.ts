import { createAnswerTrust, newSecret, parseSecrets } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseService, podAddress } from '../../src/index.ts';
import { askSettled } from '../../src/push/ask-settled.ts';
import { createTurns } from '../../src/push/turns.ts';
import { startPod, type TestPod } from '../pod.ts';

const secret = newSecret();
const cursor = { epoch: 'epoch-one', seq: 7 };
let pod: TestPod;

beforeEach(async () => {
  pod = await startPod({ secret, cursor });
  pod.isSecond = true;
});
afterEach(() => pod.close());

function ask({ by = secret, waitMs = 10_000, deadlineMs = 500, signal }: Asking = {}) {
  const service = parseService(`http://pods.example:${pod.port}/siteapi/revalidate`);
  return askSettled({
    address: podAddress(service, pod.identity.ip),
    question: { epoch: cursor.epoch, upTo: 7, waitMs },
    secrets: parseSecrets(by),
    answers: createAnswerTrust(),
    turns: createTurns(),
    deadlineMs,
    ...(signal && { signal }),
  });
}
type Asking = { by?: string; waitMs?: number; deadlineMs?: number; signal?: AbortSignal };

describe('a question when a pod has settled', () => {
  it('waits for longer than a push, and brings the way', async () => {
    const asked = ask({ deadlineMs: 1 });
    await vi.waitFor(() => expect(pod.openQuestions).toBe(1));
    pod.settle({ how: 'drained' });
    expect(await asked).toMatchObject({ cursor, settled: cursor, how: 'drained' });
  });

  it('brings nothing where the pod does not take the signature', async () => {
    expect(await ask({ by: newSecret() })).toBeNull();
  });

  it('brings nothing where the answer was signed by somebody else', async () => {
    pod.sign = () => ({ 'webhook-id': 'settled_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,' });
    expect(await ask({ waitMs: 0 })).toBeNull();
  });

  it('brings nothing, and no more than a wait, where nobody is there', async () => {
    await pod.close();
    expect(await ask()).toBeNull();
  });

  it.each(['before it is asked', 'while it waits'])('is called off %s', async (when) => {
    const off = new AbortController();
    if (when === 'before it is asked') off.abort();
    const asked = ask({ signal: off.signal });
    if (when === 'while it waits') await vi.waitFor(() => expect(pod.openQuestions).toBe(1));
    off.abort();
    expect(await asked).toBeNull();
    await vi.waitFor(() => expect(pod.openQuestions).toBe(0));
  });
});
