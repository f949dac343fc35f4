/** The server's clock, which all bridges that share it go by: their own may disagree by minutes. */
export type ServerClock = {
  /** Milliseconds since 1970. This machine's, until the server has told its own. */
  now(): number;
  /**
   * Takes note of the server's time, in an answer that has just come.
   * @param roundTripMs by a clock that nobody sets: this machine's may be set between question and answer
   */
  told(serverMs: number, roundTripMs: number): void;
};

export function createServerClock(ownNow: () => number): ServerClock {
  let aheadMs = 0;
  // The faster an answer, the better it tells. Grows again, so that a clock that drifts is followed.
  let fastestMs = Number.POSITIVE_INFINITY;
  return {
    now: () => Math.round(ownNow() + aheadMs),
    told(serverMs, roundTripMs) {
      fastestMs += 1;
      if (roundTripMs < 0 || roundTripMs > fastestMs) return;
      fastestMs = roundTripMs;
      aheadMs = serverMs + roundTripMs / 2 - ownNow();
    },
  };
}
