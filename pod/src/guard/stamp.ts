import type { Entry, Value } from './next-cache.ts';

export type CacheControl = { revalidate?: number | false };

/** Who has made an entry of a store that pods share, and where its ledger stood when it began to. */
export type Stamp = {
  life: string;
  tick: number;
  /** How long it is good: Next.js remembers that in the process that has made it, and takes 1 s where it doesn't know. */
  cacheControl?: CacheControl | undefined;
};

/** What has no value, such as a page that is not there, carries no stamp. */
export function stamped(value: Value | null, stamp: Stamp): Value | null {
  return value === null ? null : { ...value, everypod: stamp };
}

/** Null where there is none: a store may keep only what it knows. */
export function stampOf(value: Value | null): Stamp | null {
  const found = value?.everypod as Partial<Stamp> | undefined;
  return typeof found?.life === 'string' && Number.isSafeInteger(found.tick) ? (found as Stamp) : null;
}

/** As from a store that remembers how long its entries are good; Next.js 16.4 goes by that. */
export function withTimes(entry: Entry): Entry {
  const cacheControl = entry.cacheControl ?? stampOf(entry.value)?.cacheControl;
  return cacheControl === undefined ? entry : { ...entry, cacheControl };
}
