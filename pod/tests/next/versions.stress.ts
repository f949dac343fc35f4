import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp, type Variant } from './surroundings/build.ts';
import { componentShapes, type Shape, shapes, staleOf, stress, type Tally } from './surroundings/stress.ts';

const rounds = Number(process.env.STRESS_ROUNDS ?? 25);
const atOnce = 8;

type App = Pick<Variant, 'next' | 'version'> & Partial<Pick<Variant, 'pages'>>;

const versions: [version: string, app: App, only: readonly Shape[]][] = [
  // Pages of the Pages Router are reached from 15.5 on.
  ['15.1.12', { next: 15, version: '15.1.12' }, shapes.filter((shape) => shape !== 'old')],
  ['15.5.29', { next: 15 }, shapes],
  ['16.1.7', { next: 16, version: '16.1.7' }, shapes],
  ['16.4.6', { next: 16 }, shapes],
  ['16.4.6 with cacheComponents', { next: 16, pages: 'stress-components' }, componentShapes],
];

/** `npm run test:stress`: every version and shape; `-- -t 16.4` for one, STRESS_ROUNDS for more or fewer. */
describe.each(versions)('publishing while Next.js %s makes pages', (version, variant, only) => {
  let app: BuiltApp;
  beforeAll(async () => {
    app = await buildApp({
      pages: 'stress',
      ...variant,
      basePath: '',
      trailingSlash: false,
      config: 'next.config.ts',
    });
  });

  it('leaves old pages for ever in more than a tenth of all trials, with its own cache', async () => {
    const tally = await stress(app, { rounds: Math.ceil(rounds / 5), atOnce, guarded: false, only });
    say(version, 'its own cache', tally);
    expect(staleOf(tally) / tally.trials).toBeGreaterThan(0.1);
  });

  it.each([
    ['kept in memory', false],
    ['kept on disk alone', true],
  ])('leaves none behind the guard, %s, and none is read once it is drained', async (title, diskOnly) => {
    const tally = await stress(app, { rounds, atOnce, guarded: true, diskOnly, only });
    say(version, `guarded, ${title}`, tally);
    expect(tally.staleForEver).toEqual({});
    expect(tally.oldAfter).toBe(0);
    expect(tally.readsAfter).toBe(rounds * atOnce * only.length * 2);
  });
});

function say(version: string, what: string, tally: Tally): void {
  const { trials, staleForEver, readsAfter, oldAfter, drainedMs } = tally;
  const sorted = drainedMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  const stale = `${staleOf(tally)} of ${trials} stale for ever ${JSON.stringify(staleForEver)}`;
  const reads = `${oldAfter} of ${readsAfter} reads after drained old, drained p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
  console.log(`${version}, ${what}: ${stale}${sorted.length === 0 ? '' : `; ${reads}`}`);
}
