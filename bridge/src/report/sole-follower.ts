import type { Journal } from '../journal/journal.ts';
import type { Followers } from './followers.ts';

/** One bridge has the journal for itself: it follows, once, what a former life of it left behind. */
export function createSoleFollower(journal: Journal): Followers {
  let tookOver = false;
  return {
    async takeOver(acceptedSince) {
      if (tookOver) return [];
      const events = await journal.unfinished(acceptedSince);
      tookOver = true;
      return events;
    },
    async leave() {},
  };
}
