/**
 * The places of visits that may be under way at once, over all bridges that share them. Every implementation passes
 * `tests/visits/places-conformance.ts`.
 */
export type Places = {
  /** One of them, for as long as a visit may take; null where none is to be had now. Never rejects. */
  take(wanted: WantedFor): Promise<Place | null>;
};

/** Of those who wait for a place, who wants it for a subject's own page has it first. */
export type WantedFor = 'own page' | 'other page';

export type Place = {
  /** Once the visit is over. Never rejects. */
  giveBack(): Promise<void>;
};
