/** Something that is looked at again when asked, at most once per period and never twice at the same time. */
export type Look<Seen> = {
  /** Resolves when the look that this starts, or the one under way, is over; at once when it is too early. */
  again(): Promise<void>;
  latest(): Seen | undefined;
};

export function createLook<Seen>(look: () => Promise<Seen>, everyMs: number): Look<Seen> {
  let latest: Seen | undefined;
  let underWay: Promise<void> | undefined;
  let lastStart = Number.NEGATIVE_INFINITY;

  return {
    again() {
      if (underWay) return underWay;
      if (performance.now() - lastStart < everyMs) return Promise.resolve();
      lastStart = performance.now();
      underWay = look()
        .then((seen) => {
          latest = seen;
        })
        .finally(() => {
          underWay = undefined;
        });
      return underWay;
    },
    latest: () => latest,
  };
}
