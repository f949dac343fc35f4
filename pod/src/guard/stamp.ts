import type { Value } from './handler.ts';

/** Who has made an entry of a store that pods share, and where its ledger stood when it began to. */
export type Stamp = { life: string; tick: number };

/** What has no value, such as a page that is not there, carries no stamp. */
export function stamped(value: Value | null, stamp: Stamp): Value | null {
  return value === null ? null : { ...value, everypod: stamp };
}

/** Null where there is none: a store may keep only what it knows. */
export function stampOf(value: Value | null): Stamp | null {
  const found = value?.everypod as Partial<Stamp> | undefined;
  return typeof found?.life === 'string' && Number.isSafeInteger(found.tick) ? (found as Stamp) : null;
}
