import type { Places } from './places.ts';

/** Those of a bridge that shares them with nobody: who comes first within it is its own affair. */
export function createOwnPlaces({ most }: { most: number }): Places {
  let taken = 0;
  return {
    async take() {
      if (taken >= most) return null;
      taken += 1;
      let isTaken = true;
      return {
        async giveBack() {
          if (isTaken) taken -= 1;
          isTaken = false;
        },
      };
    },
  };
}
