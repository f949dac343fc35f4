import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { staleOf, stress } from './stress.ts';

const short = { rounds: 1, atOnce: 6 };

/** The short form; `npm run test:stress` is the long one, over more versions. */
export function describeStress(variant: Variant): void {
  let app: BuiltApp;
  beforeAll(async () => {
    app = await buildApp(variant);
  });

  describe('publishing while pages are made', () => {
    it('leaves some old pages for ever, with Next.js’s own cache', async () => {
      const tally = await stress(app, { ...short, guarded: false });
      expect(staleOf(tally)).toBeGreaterThan(0);
    });

    it.each([
      ['kept in memory', false],
      ['kept on disk alone', true],
    ])('leaves none behind the guard, %s, and none is read once it is drained', async (_, diskOnly) => {
      const { trials, staleForEver, oldAfter, readsAfter } = await stress(app, {
        ...short,
        guarded: true,
        diskOnly,
      });
      expect(staleForEver).toEqual({});
      expect(oldAfter).toBe(0);
      expect(trials).toBe(42);
      expect(readsAfter).toBe(84);
    });
  });
}
