import { describe, expect, it } from 'vitest';
import { createServerClock } from '../../src/journal/valkey-clock.ts';

describe('the clock that bridges share', () => {
  const serverAheadMs = 600_000;
  const tell = (
    clock: ReturnType<typeof createServerClock>,
    askedAt: number,
    thereMs: number,
    backMs: number,
  ) => clock.told(askedAt + thereMs + serverAheadMs, askedAt, askedAt + thereMs + backMs);

  it('is this machine’s until the server has told its own', () => {
    expect(createServerClock(() => 1_000).now()).toBe(1_000);
  });

  it('is the server’s from then on, as well as the answer’s way allows', () => {
    const clock = createServerClock(() => 5_000);
    tell(clock, 1_000, 10, 10);
    expect(clock.now()).toBe(5_000 + serverAheadMs);
  });

  it('goes by the fastest answer, so that a slow one does not move it', () => {
    const clock = createServerClock(() => 5_000);
    tell(clock, 1_000, 2, 2);
    tell(clock, 2_000, 0, 900);
    expect(clock.now()).toBe(5_000 + serverAheadMs);
  });

  it('follows a clock that was set, within as many answers as they are slower', () => {
    const clock = createServerClock(() => 5_000);
    tell(clock, 1_000, 2, 2);
    for (let nth = 0; nth < 10; nth += 1) clock.told(2_000, 2_000, 2_010);
    expect(clock.now()).toBe(4_995);
  });
});
