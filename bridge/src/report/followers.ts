import type { StoredEvent } from '../journal/journal.ts';

/** Which bridge follows an event until its report is final. A bridge follows what it accepts. */
export type Followers = {
  /**
   * Unfinished events accepted since then that no living bridge follows, or that this one should and doesn't.
   * From now on this one does.
   */
  takeOver(acceptedSince: number, isFollowed: (id: string) => boolean): Promise<StoredEvent[]>;
  /** Leaves to the others, at once, what this bridge has followed. */
  leave(): Promise<void>;
};
