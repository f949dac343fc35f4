import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createProcessClock } from '../src/clock.ts';

describe('the clock of a process', () => {
  it('counts the time between two looks', () => {
    const time = { ms: 5_000 };
    const clock = createProcessClock(() => time.ms);
    const before = clock.awakeMs();
    time.ms += 300;
    expect(clock.awakeMs() - before).toBe(300);
  });

  it('does not count time in which the process was stopped', () => {
    const time = { ms: 0 };
    const clock = createProcessClock(() => time.ms);
    const before = clock.awakeMs();
    time.ms += 60_000;
    expect(clock.awakeMs() - before).toBe(500);
    expect(clock.monotonicMs()).toBe(60_000);
  });

  it('waits through real time, and no longer than it must', async () => {
    const clock = createProcessClock();
    const until = clock.awakeMs() + 30;
    expect(await clock.untilAwake(until)).toBe(true);
    expect(clock.awakeMs()).toBeGreaterThanOrEqual(until);
  });

  it('ends the wait when the process is asked to end, where that does not end the process by itself', async () => {
    const others = () => undefined;
    process.on('SIGTERM', others);
    try {
      const clock = createProcessClock();
      const waited = clock.untilAwake(clock.awakeMs() + 60_000);
      process.emit('SIGTERM');
      expect(await waited).toBe(false);
    } finally {
      process.off('SIGTERM', others);
    }
  });

  it('A13 keeps nothing of a wait that is over, whether it had to sleep or not', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const clock = createProcessClock();
    const wait = async () => {
      for (let i = 0; i < 20_000; i += 1) await clock.untilAwake(0);
      const soon = clock.awakeMs() + 5;
      await Promise.all(Array.from({ length: 2_000 }, () => clock.untilAwake(soon)));
      collect();
      return process.memoryUsage().heapUsed;
    };
    await wait();
    const before = await wait();
    // A wait that is remembered costs some 300 bytes, so these would be 6 MB.
    expect((await wait()) - before).toBeLessThan(1_000_000);
  });
});
