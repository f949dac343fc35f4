import { beforeEach, describe, expect, it } from 'vitest';
import { createServerClock, type ServerClock } from '../../src/journal/valkey-clock.ts';

describe('the clock that bridges share', () => {
  let ownMs: number;
  let serverMs: number;
  let clock: ServerClock;

  beforeEach(() => {
    ownMs = 5_000;
    serverMs = 605_000;
    clock = createServerClock(() => ownMs);
  });

  /** The server reads its clock in between, and the answer is heard now. */
  const tell = (thereMs: number, backMs: number) => clock.told(serverMs - backMs, thereMs + backMs);

  it('is this machine’s until the server has told its own', () => {
    expect(clock.now()).toBe(ownMs);
  });

  it('is the server’s from then on, as well as the answer’s way allows', () => {
    tell(10, 10);
    expect(clock.now()).toBe(serverMs);
  });

  it('goes by the fastest answer, so that a slow one does not move it', () => {
    tell(2, 2);
    tell(0, 900);
    expect(clock.now()).toBe(serverMs);
  });

  it('follows a clock that was set, within as many answers as they are slower', () => {
    tell(2, 2);
    ownMs -= 600_000;
    for (let nth = 0; nth < 10; nth += 1) tell(5, 5);
    expect(clock.now()).toBe(serverMs);
  });

  it('takes no answer that came before the question', () => {
    clock.told(serverMs, -600_000);
    expect(clock.now()).toBe(ownMs);
    tell(2, 2);
    expect(clock.now()).toBe(serverMs);
  });
});
