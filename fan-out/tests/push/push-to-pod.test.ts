import { createAnswerTrust, newSecret, parseSecrets } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseService, podAddress } from '../../src/discovery/service.ts';
import type { Attempt } from '../../src/push/attempt.ts';
import { pushToPod } from '../../src/push/push-to-pod.ts';
import { createSlots, type Slots } from '../../src/push/slots.ts';
import { createTurns } from '../../src/push/turns.ts';
import { type Misbehaviour, startPod, type TestPod } from '../pod.ts';

const secret = newSecret();
const epoch = 'epoch-0001';
const fails: Misbehaviour = ({ response }) => void response.writeHead(500).end();

let pod: TestPod;
beforeEach(async () => {
  pod = await startPod({ secret, cursor: { epoch, seq: 0 } });
});
afterEach(() => pod.close());

/** Pushes with a clock that only pauses move. */
async function pushed(budgetMs: number) {
  const attempts: Attempt[] = [];
  const pauses: number[] = [];
  let nowMs = Date.now();
  const endsAt = nowMs + budgetMs;
  await pushToPod({
    address: podAddress(parseService(`http://127.0.0.1:${pod.port}/siteapi/revalidate`), '127.0.0.1'),
    next: async () => ({
      epoch,
      after: 0,
      upTo: 1 + attempts.length,
      targets: [{ tag: `news-${attempts.length}` }],
    }),
    secrets: () => parseSecrets(secret),
    answers: createAnswerTrust(),
    attempted: (attempt) => void attempts.push(attempt),
    budgetEndsAt: () => endsAt,
    slots: createSlots(1),
    turns: createTurns(),
    deadlineMs: 300,
    now: () => nowMs,
    pause: async (ms) => {
      pauses.push(ms);
      nowMs += ms;
    },
  });
  return { attempts, pauses };
}

describe('pushing until a pod has answered', () => {
  it('ends with the first answer', async () => {
    const { attempts, pauses } = await pushed(60_000);
    expect(attempts.map(({ state }) => state)).toEqual(['applied']);
    expect(pauses).toEqual([]);
  });

  it('tries again after a failure, with what has come meanwhile', async () => {
    pod.misbehave(({ nth, response, proper }) => {
      if (nth < 3) return void response.writeHead(500).end();
      const answer = proper();
      response.writeHead(200, answer.headers).end(answer.body);
    });
    const { attempts } = await pushed(60_000);
    expect(attempts.map(({ state }) => state)).toEqual(['failed', 'failed', 'applied']);
    expect([...pod.applied]).toEqual(['tag news-2']);
  });

  it('waits longer after each failure, with jitter, up to a limit, and stops when the budget is over', async () => {
    pod.misbehave(fails);
    const { attempts, pauses } = await pushed(60_000);
    expect(attempts.length).toBeGreaterThan(6);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
    for (const [index, ms] of pauses.entries()) {
      const full = Math.min(250 * 2 ** index, 8_000);
      expect(ms).toBeGreaterThanOrEqual(full / 2);
      expect(ms).toBeLessThanOrEqual(full);
    }
  });

  it('waits as long as the pod asks', async () => {
    pod.misbehave(
      ({ response, nth }) => void response.writeHead(nth === 1 ? 429 : 404, { 'retry-after': '7' }).end(),
    );
    expect((await pushed(60_000)).pauses).toEqual([7_000]);
  });

  it('does not ask again what was refused', async () => {
    pod.misbehave(({ response }) => void response.writeHead(404).end());
    expect((await pushed(60_000)).attempts).toHaveLength(1);
  });
});

describe('slots', () => {
  it('let no more tasks run at once than they are', async () => {
    const slots = createSlots(3, { patienceMs: 60_000 });
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        slots.run(`pod-${nth}`, async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(setImmediate);
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(3);
  });

  it('go on after a task that threw', async () => {
    const slots = createSlots(1);
    await expect(slots.run('pod', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run('pod', async () => 'yes')).toBe('yes');
  });

  /** Tasks that end when they are told to, by name, in the order in which they were let in. */
  function startTasks(slots: Slots) {
    const started: string[] = [];
    const ends = new Map<string, () => void>();
    const start = (name: string) =>
      slots.run(name, () => {
        started.push(name);
        return new Promise<void>((resolve) => void ends.set(name, resolve));
      });
    return {
      started,
      start: (names: readonly string[]) => names.map(start),
      end: (name: string) => ends.get(name)?.(),
    };
  }
  const names = (what: string, count: number) => Array.from({ length: count }, (_, nth) => `${what}-${nth}`);
  const soon = { timeout: 5_000, interval: 5 };

  it('A10 go to a pod that failed last time after all others that wait', async () => {
    const slots = createSlots(1, { patienceMs: 60_000 });
    const tasks = startTasks(slots);
    for (const name of ['failed-0', 'mended-0']) slots.note(name, 'badly');
    slots.note('mended-0', 'well');
    tasks.start(['first', 'failed-0', 'mended-0', 'good-0']);
    for (const nth of [0, 1, 2, 3]) {
      await vi.waitFor(() => expect(tasks.started).toHaveLength(nth + 1), soon);
      tasks.end(tasks.started[nth] ?? '');
    }
    expect(tasks.started).toEqual(['first', 'mended-0', 'good-0', 'failed-0']);
  });

  it('A10 are not held by pods that let wait, known or not, and these are bounded, too', async () => {
    const slots = createSlots(2, { patienceMs: 1, slowMost: 10 });
    const tasks = startTasks(slots);
    tasks.start([...names('hangs', 30), 'good-0']);
    // Ten that count no more, and two that do.
    await vi.waitFor(() => expect(tasks.started).toHaveLength(12), soon);
    for (const name of names('hangs', 30)) {
      await vi.waitFor(() => expect(tasks.started).toContain(name), soon);
      tasks.end(name);
      slots.note(name, 'badly');
    }
    await vi.waitFor(() => expect(tasks.started).toContain('good-0'), soon);
    tasks.end('good-0');

    // The next time they are known, and leave the others a slot however many they are.
    tasks.started.length = 0;
    tasks.start(names('hangs', 30));
    await vi.waitFor(() => expect(tasks.started).toHaveLength(10), soon);
    tasks.start(['good-1', 'good-2']);
    await vi.waitFor(() => expect(tasks.started.slice(10)).toEqual(['good-1', 'good-2']), soon);
  });
});
