import { limits } from '../limits.ts';

/** What is kept of a stored entry. */
type Kept = {
  /** The tick at which its making began. */
  tick: number;
  /** After how many seconds it is made again; null where nobody said. */
  revalidate: number | false | null;
  /** When it was stored, by the clock that a cache stamps its entries with. */
  atMs: number;
};

export type LedgerOptions = {
  tagsAtMost: number;
  keysAtMost: number;
  /** From 0 to 1: this pod's own moment to forget, so that pods which fill together do not empty together. */
  share: number;
};

/**
 * Which tag was invalidated when, and when the making of each entry began, by a count of invalidations: a clock that
 * stands, jumps or ticks too slowly orders nothing wrongly. What it has forgotten counts as invalidated.
 */
export class Ledger {
  #tick = 0;
  /** Up to which tick tags may have been forgotten. */
  #floor = 0;
  /** In the order of their ticks. */
  readonly #gone = new Map<string, number>();
  readonly #aged = new Map<string, number>();
  readonly #kept = new Map<string, Kept>();
  readonly #tags: number;
  readonly #keys: number;

  constructor({ tagsAtMost, keysAtMost, share }: LedgerOptions) {
    const own = 1 - share * limits.ledgerSpreadShare;
    this.#tags = Math.max(2, Math.floor(tagsAtMost * own));
    this.#keys = Math.max(2, Math.floor(keysAtMost * own));
  }

  get tick(): number {
    return this.#tick;
  }

  /** Of one invalidation, whatever it names. Where `soft`, what has the tags may be served until it is made anew. */
  invalidate(tags: readonly string[], { soft = false } = {}): number {
    this.#tick += 1;
    const marks = soft ? this.#aged : this.#gone;
    for (const tag of tags) {
      marks.delete(tag);
      marks.set(tag, this.#tick);
    }
    this.#forgetTags(this.#gone);
    this.#forgetTags(this.#aged);
    return this.#tick;
  }

  /** The tick of a tag's last invalidation; 0 where there is none. */
  tickOf(tag: string): number {
    return this.#gone.get(tag) ?? 0;
  }

  /** Whether what began to be made at `tick` must not be served. */
  isGone(tags: Iterable<string>, tick: number): boolean {
    return this.#isAfter(this.#gone, tags, tick);
  }

  /** Whether what began to be made at `tick` must not be stored. */
  isLate(tags: Iterable<string>, tick: number): boolean {
    if (tick >= this.#tick) return false;
    const all = [...tags];
    return this.#isAfter(this.#gone, all, tick) || this.#isAfter(this.#aged, all, tick);
  }

  kept(key: string): Readonly<Kept> | undefined {
    return this.#kept.get(key);
  }

  keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size <= this.#keys) return;
    for (const [oldest] of firstHalf(this.#kept)) this.#kept.delete(oldest);
  }

  #isAfter(marks: ReadonlyMap<string, number>, tags: Iterable<string>, tick: number): boolean {
    if (tick >= this.#tick) return false;
    if (tick < this.#floor) return true;
    for (const tag of tags) if ((marks.get(tag) ?? 0) > tick) return true;
    return false;
  }

  #forgetTags(marks: Map<string, number>): void {
    if (marks.size <= this.#tags) return;
    for (const [tag, tick] of firstHalf(marks)) {
      marks.delete(tag);
      this.#floor = Math.max(this.#floor, tick);
    }
  }
}

function firstHalf<V>(map: ReadonlyMap<string, V>): [string, V][] {
  const entries = [...map];
  return entries.slice(0, Math.ceil(entries.length / 2));
}
