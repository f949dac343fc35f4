import type { Evidence } from './evidence.ts';

/** What each life's own log says it applied, and when. */
export type Applications = {
  /** The first time from `from` on at which the life applied all of these; null when it never did. */
  firstOf(instance: string, targets: readonly string[], from: number): number | null;
};

export function applicationsOf({ of }: Evidence): Applications {
  const byLife = new Map<string, Map<string, number[]>>();
  for (const { instance, at, keys } of of('applied')) {
    const its = byLife.get(instance) ?? new Map<string, number[]>();
    byLife.set(instance, its);
    for (const key of keys) {
      const times = its.get(key) ?? [];
      times.push(at);
      its.set(key, times);
    }
  }
  const firstAfter = (times: readonly number[] | undefined, from: number) => {
    if (!times) return null;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) >= from) high = middle;
      else low = middle + 1;
    }
    return times[low] ?? null;
  };
  return {
    firstOf(instance, targets, from) {
      const its = byLife.get(instance);
      const everything = firstAfter(its?.get('everything'), from) ?? Number.POSITIVE_INFINITY;
      const each = targets.map((key) => firstAfter(its?.get(key), from) ?? Number.POSITIVE_INFINITY);
      const all = Math.max(...each.map((at) => Math.min(at, everything)));
      return Number.isFinite(all) ? all : null;
    },
  };
}
