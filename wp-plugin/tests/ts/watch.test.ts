import { describe, expect, test } from 'vitest';
import { type Timer, type Visibility, watch } from '../../src/rest/watch.ts';

/** A watch on a row of answers, with a clock and a page that the test holds in its hands. */
function watching(options: { last: number; slow?: boolean }) {
  const waits: number[] = [];
  const answers: number[] = [];
  const unanswered: (() => void)[] = [];
  let due: (() => void) | null = null;
  let hidden = false;
  let listener: (() => void) | null = null;
  let asked = 0;

  const timer: Timer = (callback, ms) => {
    waits.push(ms);
    due = callback;
    return () => {
      due = null;
    };
  };
  const visibility: Visibility = {
    hidden: () => hidden,
    onChange: (changed) => {
      listener = changed;
      return () => {
        listener = null;
      };
    },
  };
  const ask = () => {
    asked += 1;
    const answer = asked;
    if (!options.slow) return Promise.resolve(answer);
    return new Promise<number>((resolve) => unanswered.push(() => resolve(answer)));
  };
  const end = watch({
    ask,
    onAnswer: (answer) => answers.push(answer),
    isLast: (n) => n >= options.last,
    timer,
    visibility,
  });
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

  return {
    waits,
    answers,
    end,
    settle,
    asked: () => asked,
    isWaiting: () => due !== null,
    isListening: () => listener !== null,
    async tick() {
      const callback = due;
      due = null;
      callback?.();
      await settle();
    },
    async answerAll() {
      for (const answer of unanswered.splice(0)) answer();
      await settle();
    },
    async show(visible: boolean) {
      hidden = !visible;
      listener?.();
      await settle();
    },
  };
}

describe('how far a change has got', () => {
  test('is asked at once, then after 0.25, 0.25, 0.5, 1 and 2 s, then every 5 s', async () => {
    const watched = watching({ last: 8 });
    await watched.settle();
    for (let round = 0; round < 7; round += 1) await watched.tick();
    expect(watched.waits).toEqual([250, 250, 500, 1_000, 2_000, 5_000, 5_000]);
    expect(watched.answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('is not asked again after the last answer', async () => {
    const watched = watching({ last: 1 });
    await watched.settle();
    expect(watched.answers).toEqual([1]);
    expect(watched.isWaiting()).toBe(false);
    expect(watched.isListening()).toBe(false);
  });

  test('is not asked again before the answer is here', async () => {
    const watched = watching({ last: 9, slow: true });
    await watched.settle();
    expect(watched.isWaiting()).toBe(false);
    await watched.answerAll();
    expect(watched.isWaiting()).toBe(true);
  });

  test('is not asked while nobody sees the page, and at once when somebody does', async () => {
    const watched = watching({ last: 9 });
    await watched.settle();
    await watched.show(false);
    expect(watched.isWaiting()).toBe(false);
    await watched.show(true);
    expect(watched.answers).toEqual([1, 2]);
    expect(watched.waits).toEqual([250, 250]);
  });

  test('an answer that comes while the page is hidden starts no timer', async () => {
    const watched = watching({ last: 9, slow: true });
    await watched.show(false);
    await watched.answerAll();
    expect(watched.answers).toEqual([1]);
    expect(watched.isWaiting()).toBe(false);
  });

  test('is asked once only when the page is shown during a question', async () => {
    const watched = watching({ last: 9, slow: true });
    await watched.show(false);
    await watched.show(true);
    expect(watched.asked()).toBe(1);
    await watched.answerAll();
    expect(watched.isWaiting()).toBe(true);
  });

  test('is dropped when the watch has ended meanwhile', async () => {
    const watched = watching({ last: 9, slow: true });
    watched.end();
    await watched.answerAll();
    expect(watched.answers).toEqual([]);
    expect(watched.isWaiting()).toBe(false);
    expect(watched.isListening()).toBe(false);
  });
});
