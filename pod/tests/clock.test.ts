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
});
