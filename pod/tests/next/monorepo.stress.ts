import { expect, it } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { buildInMonorepo, type Manager } from './surroundings/monorepo.ts';
import { staleOf, stress } from './surroundings/stress.ts';

const variant = { pages: 'stress', basePath: '', trailingSlash: false, config: 'next.config.ts' } as const;

const cases: [manager: Manager, version: string, next: Variant['next']][] = [
  ['pnpm', '15.5.29', 15],
  ['pnpm', '16.4.6', 16],
  ['npm', '15.5.29', 15],
  ['npm', '16.4.6', 16],
];

/** `npm run test:stress -- monorepo`: with control, since an output whose guard got lost would look the same. */
it.each(cases)(
  'in a monorepo of %s, the standalone output of Next.js %s has its guard with it',
  async (manager, version, next) => {
    const app = buildInMonorepo(manager, { ...variant, next }, version);
    const alone = await stress(app, { rounds: 2, atOnce: 6, guarded: false });
    expect(staleOf(alone) / alone.trials).toBeGreaterThan(0.1);
    const guarded = await stress(app, { rounds: 2, atOnce: 6, guarded: true });
    expect({ stale: guarded.staleForEver, oldAfter: guarded.oldAfter }).toEqual({ stale: {}, oldAfter: 0 });
  },
);
