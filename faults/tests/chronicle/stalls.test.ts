import { expect, it } from 'vitest';
import { runningMs } from '../../src/chronicle/stalls.ts';
import { limits } from '../../src/limits.ts';

const block = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

it.each([
  ['and hears the answer at once', async () => block(limits.stallMs * 2)],
  [
    'and hears the answer later',
    async () => {
      block(limits.stallMs * 2);
      await new Promise((done) => setImmediate(done));
    },
  ],
])('a process that does not get to run leaves that time out, %s', async (_, work) => {
  const { ms } = await runningMs(work);
  expect(ms).toBeLessThan(limits.stallMs);
});

it('what took a while in a process that runs counts', async () => {
  const { value, ms } = await runningMs(async () => {
    for (let turns = 0; turns < 8; turns += 1) {
      block(limits.stallMs / 5);
      await new Promise((done) => setTimeout(done));
    }
    return 'done';
  });
  expect(value).toBe('done');
  expect(ms).toBeGreaterThanOrEqual(limits.stallMs);
});
