import { describe, expect, it } from 'vitest';
import type { Place, Places } from '../../src/visits/places.ts';

export type OpenPlaces = (options: { most: number }) => Promise<Places>;

/** What all places of visits have to do. */
export function placesConform(name: string, open: OpenPlaces) {
  describe(`${name}, as places of visits`, () => {
    const takeAll = async (places: Places, count: number) => {
      const asked = Array.from({ length: count }, () => places.take('own page'));
      return (await Promise.all(asked)).filter((place): place is Place => place !== null);
    };

    it('are as many as it was told, also when all are wanted at once, whatever for', async () => {
      const places = await open({ most: 3 });
      expect(await places.take('other page')).not.toBeNull();
      expect(await takeAll(places, 10)).toHaveLength(2);
      expect(await places.take('own page')).toBeNull();
      expect(await places.take('other page')).toBeNull();
    });

    it('can be taken again once they were given back, one for each', async () => {
      const places = await open({ most: 2 });
      const [one] = await takeAll(places, 2);
      await one?.giveBack();
      expect(await takeAll(places, 5)).toHaveLength(1);
    });

    it('are given back once', async () => {
      const places = await open({ most: 2 });
      const [one] = await takeAll(places, 2);
      await one?.giveBack();
      const [another] = await takeAll(places, 1);
      await one?.giveBack();
      expect(await places.take('own page')).toBeNull();
      await another?.giveBack();
      expect(await places.take('own page')).not.toBeNull();
    });

    it('can be taken before giving back was heard of', async () => {
      const places = await open({ most: 1 });
      const one = await places.take('own page');
      const givenBack = one?.giveBack();
      expect(await places.take('own page')).not.toBeNull();
      await givenBack;
    });
  });
}
