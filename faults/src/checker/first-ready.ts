import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** A life's very first answer as a ready pod is as new as all that was accepted before it was born. */
export function newPodsServeNothingOld({ events, lives, of }: Evidence): Verdict {
  const bornAt = new Map(lives.map(({ instance, bornAt: at }) => [instance, at]));
  const byPage = new Map<string, { acceptedAt: number; version: number }[]>();
  for (const { acceptedAt, effects } of events) {
    if (acceptedAt === null) continue;
    for (const { path, version } of effects) {
      const its = byPage.get(path) ?? [];
      its.push({ acceptedAt, version });
      byPage.set(path, its);
    }
  }
  const faults: string[] = [];
  let judged = 0;
  for (const { first, ip, instance, versions } of of('read')) {
    const born = bornAt.get(instance);
    if (!first || born === undefined) continue;
    for (const [path, version] of Object.entries(versions)) {
      const known = (byPage.get(path) ?? []).filter(({ acceptedAt }) => acceptedAt < born);
      const newest = Math.max(0, ...known.map((event) => event.version));
      if (newest === 0) continue;
      judged += 1;
      if (version < newest) {
        faults.push(
          `The pod born at ${ip} first served ${path} at version ${version}; ${newest} was accepted before.`,
        );
      }
    }
  }
  return {
    name: 'first ready',
    assertion: 'A pod serves no old page on its first ready request, whatever image it was born from',
    judged,
    faults,
    figures: [`${judged} pages of first answers`],
  };
}
