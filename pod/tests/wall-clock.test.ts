import { beforeEach, describe, expect, it } from 'vitest';
import { watchWallClock } from '../src/next/wall-clock.ts';

const born = Date.parse('2026-03-01T00:00:00.000Z');
let monotonicMs: number;
let shiftMs: number;
let clock: ReturnType<typeof watchWallClock>;

beforeEach(() => {
  monotonicMs = 0;
  shiftMs = 0;
  clock = watchWallClock({
    wallMs: () => born + monotonicMs + shiftMs,
    monotonicMs: () => monotonicMs,
    bornAtWallMs: born,
  });
});

function later(passedMs: number, setByMs = 0) {
  monotonicMs += passedMs;
  shiftMs += setByMs;
  return clock.setBackFrom();
}

describe('a wall clock', () => {
  it.each([
    ['goes on', 0],
    ['is set forward', 60_000],
    ['is set back by less than the second application makes good for', -400],
  ])('that %s leaves no page behind', (_, ms) => {
    later(5_000);
    expect(later(5_000, ms)).toBeNull();
  });

  it('that was set back before anybody looked leaves pages behind too', () => {
    expect(later(5_000, -60_000)).toBe(born + 5_000);
  });

  it('that was set back does so until it has passed the last moment that pages can have been stored at', () => {
    later(5_000);
    expect(later(5_000, -60_000)).toBe(born + 10_000);
    expect(later(60_000)).toBe(born + 10_000);
    expect(later(1)).toBeNull();
  });

  it('that is then set right needs no longer than that', () => {
    later(5_000, -60_000);
    expect(later(1, 60_000)).toBeNull();
  });

  it('that is set back twice keeps the later moment', () => {
    later(5_000, -60_000);
    expect(later(5_000, -60_000)).toBe(born + 5_000);
  });

  it('that was ahead all the time counts from where it was', () => {
    later(5_000, 60_000);
    later(5_000, -60_000);
    expect(later(0)).toBe(born + 70_000);
    expect(later(60_001)).toBeNull();
  });
});
