/** The server's clock, which all bridges that share it go by: their own may disagree by minutes. */
export type ServerClock = {
  /** Milliseconds since 1970. This machine's, until the server has told its own. */
  now(): number;
  /** Takes note of the server's time, told between the two moments of this machine. */
  told(serverMs: number, askedAt: number, answeredAt: number): void;
};

export function createServerClock(ownNow: () => number): ServerClock {
  let aheadMs = 0;
  // The faster an answer, the better it tells. Grows again, so that a clock that drifts is followed.
  let fastestMs = Number.POSITIVE_INFINITY;
  return {
    now: () => Math.round(ownNow() + aheadMs),
    told(serverMs, askedAt, answeredAt) {
      fastestMs += 1;
      if (answeredAt - askedAt > fastestMs) return;
      fastestMs = answeredAt - askedAt;
      aheadMs = serverMs - (askedAt + answeredAt) / 2;
    },
  };
}
