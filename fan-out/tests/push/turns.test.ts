import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { createAnswerTrust, newSecret, parseSecrets } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseService, podAddress } from '../../src/discovery/service.ts';
import { limits as fanOutLimits } from '../../src/limits.ts';
import { askSettled } from '../../src/push/ask-settled.ts';
import { plainOnce } from '../../src/push/plain-once.ts';
import { pushOnce } from '../../src/push/push-once.ts';
import { createTurns, type Turns } from '../../src/push/turns.ts';
import { startPlainPod } from '../plain-pod.ts';
import { startPod, type TestPod } from '../pod.ts';

const secret = newSecret();
const epoch = 'epoch-0001';
const many = 20;
let pod: TestPod;
beforeEach(async () => {
  pod = await startPod({ secret, cursor: { epoch, seq: 0 } });
});
afterEach(() => pod.close());

const turnOfTheLoop = () => performance.nodeTiming.uvMetricsInfo.loopCount;
const atNoTurn: Turns = { take: async () => undefined };

/** Answers as many calls in one moment, so that all their answers are there in the same turn of the event loop. */
function together() {
  const answers: Array<() => void> = [];
  return (answer: () => void) => {
    answers.push(answer);
    if (answers.length === many) for (const each of answers) each();
  };
}

/** How many turns of the event loop it took to work off as many calls that are answered together, each of which takes long. */
async function turnsTaken(call: () => Promise<unknown>): Promise<number> {
  const ended = new Set<number>();
  await Promise.all(
    Array.from({ length: many }, async () => {
      await call();
      ended.add(turnOfTheLoop());
      const until = performance.now() + fanOutLimits.turnMs;
      while (performance.now() < until);
    }),
  );
  return ended.size;
}

describe('A4 whoever connects while many pods answer', () => {
  const address = () =>
    podAddress(parseService(`http://127.0.0.1:${pod.port}/siteapi/revalidate`), '127.0.0.1');
  const common = () => ({ address: address(), secrets: parseSecrets(secret), answers: createAnswerTrust() });

  function push(turns: Turns) {
    const answer = together();
    pod.misbehave(({ response, proper }) =>
      answer(() => {
        const { headers, body } = proper();
        response.writeHead(200, headers).end(body);
      }),
    );
    const message = { epoch, after: 0, upTo: 1, targets: [{ tag: 'news' }] };
    return turnsTaken(() => pushOnce({ ...common(), push: message, turns }));
  }

  it('waits for one answer of a push at a time', async () => {
    expect(await push(createTurns())).toBe(many);
  });

  it('would wait for several, were they worked off as they come', async () => {
    expect(await push(atNoTurn)).toBeLessThan(many / 2);
  });

  it('waits for no turns that have nothing to do: short work is put together', async () => {
    const turns = createTurns();
    const taken = new Set<number>();
    const startedAt = turnOfTheLoop();
    await Promise.all(
      Array.from({ length: 1_000 }, () => turns.take().then(() => taken.add(turnOfTheLoop()))),
    );
    expect(taken.size).toBeLessThan(100);
    expect(turnOfTheLoop()).toBeGreaterThan(startedAt);
  });

  it('waits for one answer about settling at a time', async () => {
    pod.isSecond = true;
    pod.cursor = { epoch, seq: 1 };
    const question = { epoch, upTo: 1, waitMs: 10_000 };
    const turns = createTurns();
    const taken = turnsTaken(() => askSettled({ ...common(), question, turns }));
    await vi.waitFor(() => expect(pod.openQuestions).toBe(many));
    pod.settle();
    expect(await taken).toBe(many);
  });

  it('waits for one answer of a plain pod at a time', async () => {
    const plain = await startPlainPod({ secret });
    const answer = together();
    plain.misbehave((response) => answer(() => response.writeHead(200).end('{}')));
    const service = parseService(`plain+http://127.0.0.1:${plain.port}/siteapi/revalidate`);
    const turns = createTurns();
    const one = { address: podAddress(service, '127.0.0.1'), slug: 'a', secret, turns };
    expect(await turnsTaken(() => plainOnce(one))).toBe(many);
    await plain.close();
  });

  it('is taken in by the turn of the event loop: Node.js takes one connection at each', async () => {
    const takenIn: number[] = [];
    const server = createServer((socket) => {
      takenIn.push(turnOfTheLoop());
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a port.');
    await Promise.all(
      Array.from({ length: many }, () => once(connect(address.port, '127.0.0.1').resume(), 'close')),
    );
    server.close();
    expect(new Set(takenIn).size).toBe(many);
  });
});
