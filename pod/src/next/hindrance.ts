import { join } from 'node:path';
import type { Hindrance } from '../apply/hindrance.ts';
import { limits } from '../limits.ts';
import type { BuildRecord } from './build-record.ts';
import { type BuildTimes, setBackFuture } from './build-times.ts';
import { keepTimeOriginUp, watchWallClock } from './wall-clock.ts';

type Watched = { clock: ReturnType<typeof watchWallClock>; build: BuildTimes };

declare global {
  var everypodWatched: Watched | undefined;
}

/**
 * Next.js takes a page for old only if the clock shows a later time at its invalidation than when it was stored. Says
 * where that leaves old pages behind, after doing what can be done about it.
 */
export function hindrance(build: BuildRecord): Hindrance | null {
  // One per process: Next.js bundles each route separately, so a module's own variable would be two.
  globalThis.everypodWatched ??= { clock: watchWallClock(), build: buildTimesOf(build) };
  const { clock, build: times } = globalThis.everypodWatched;
  const setBackFrom = clock.setBackFrom();
  keepTimeOriginUp();
  if (times.futureMs !== null && times.futureMs >= Date.now()) return ofBuild(times.futureMs, times.setBack);
  if (setBackFrom === null) return null;
  return {
    reason: `This pod's clock was set back, so Next.js keeps pages made before until ${utc(setBackFrom)}; restart the pod to be fresh sooner.`,
    holdsBack: 'settled',
  };
}

function ofBuild(futureMs: number, setBack: boolean): Hindrance {
  const cause = `Pages of this build have times up to ${utc(futureMs)}, which this pod's clock has yet to reach.`;
  if (setBack) {
    return {
      reason: `${cause} They were set back, but a page that was asked for before the first probe may stay until then; check the clocks of the machine that builds and of this one.`,
      holdsBack: 'settled',
    };
  }
  return {
    reason: `${cause} Next.js keeps them until then and the pod may not change their files; check both clocks, or let the process own the build's folder.`,
    holdsBack: 'applied',
  };
}

function buildTimesOf({ distDir, builtAt }: BuildRecord): BuildTimes {
  if (distDir === null) return { futureMs: null, setBack: true };
  const nowMs = Date.now();
  const justNow = nowMs - limits.buildTimeSetBackMs;
  const toMs = builtAt === null ? justNow : Math.min(Date.parse(builtAt), justNow);
  // Next.js starts a standalone server in its own folder, and `next start` in the project's.
  return setBackFuture(join(process.cwd(), distDir), { nowMs, toMs });
}

function utc(ms: number): string {
  return new Date(ms).toISOString();
}
