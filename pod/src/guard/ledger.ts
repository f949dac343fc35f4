import { limits } from '../limits.ts';

/** What is kept of a stored entry. */
type Kept = {
  /** The tick at which its making began. */
  tick: number;
  /** After how many seconds it is made again; null where nobody said. */
  revalidate: number | false | null;
  /** What it was made from, where the entry itself can't say it. */
  keyTags?: readonly string[];
  /** When it was stored, by the clock that a cache stamps its entries with. */
  atMs: number;
};

export type LedgerOptions = {
  tagsAtMost: number;
  keysAtMost: number;
  /** From 0 to 1: this pod's own moment to forget, so that pods which fill together do not empty together. */
  share: number;
};

/** Of one tag. Where ticks between are not remembered, those that count stand for them, so that more counts as settled. */
type Mark = {
  last: number;
  /** The first that had not settled as the next came. */
  unsettled: number;
  /** The last that had settled as the next came; 0 where there is none. */
  settled: number;
};

/**
 * Which tag was invalidated when, and when the making of each entry began, by a count of invalidations: a clock that
 * stands, jumps or ticks too slowly orders nothing wrongly. What it has forgotten counts as invalidated.
 */
export class Ledger {
  #tick = 0;
  /** Up to which tick tags may have been forgotten. */
  #floor = 0;
  /** Up to which tick all that was invalidated has settled. */
  #settled = 0;
  /** In the order of their ticks. */
  readonly #gone = new Map<string, Mark>();
  /** When a tag was last invalidated by anyone but the pod, as by the app itself. */
  readonly #byOthers = new Map<string, number>();
  /** When what carries a tag was last taken away for good. */
  readonly #vanished = new Map<string, number>();
  /** Up to which tick whatever was made is gone for good once it is invalidated. */
  #allVanished = 0;
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

  /**
   * Of one invalidation, whatever it names. Where `soft`, what has the tags may be served until it is made anew. `byPod`: for what
   * WordPress has said.
   */
  invalidate(tags: readonly string[], { soft = false, byPod = false } = {}): number {
    this.#tick += 1;
    for (const tag of tags) {
      if (!byPod) put(this.#byOthers, tag, this.#tick);
      if (soft) put(this.#aged, tag, this.#tick);
      else put(this.#gone, tag, this.#nextMark(this.#gone.get(tag)));
    }
    this.#forgetTags(this.#gone, ({ last }) => last);
    this.#forgetTags(this.#aged, (last) => last);
    this.#forgetTags(this.#byOthers, (last) => last);
    return this.#tick;
  }

  /** What carries these tags is taken away: what was made up to now is given to nobody once it is invalidated. */
  vanish(tags: Iterable<string>): void {
    for (const tag of tags) put(this.#vanished, tag, this.#tick + 1);
    this.#forgetTags(this.#vanished, (tick) => tick);
  }

  /** Nobody knows what was taken away, so all of it may have been. */
  vanishAll(): void {
    this.#allVanished = this.#tick + 1;
    this.#vanished.clear();
  }

  /** To be told when all that was invalidated up to a tick has settled. */
  settle(tick: number): void {
    this.#settled = Math.max(this.#settled, tick);
  }

  /** The tick of a tag's last invalidation; 0 where there is none. */
  tickOf(tag: string): number {
    return this.#gone.get(tag)?.last ?? 0;
  }

  /** Whether what began to be made at `tick` must not be served. */
  isGone(tags: Iterable<string>, tick: number): boolean {
    return this.#isAfter(tick, tags, (tag) => this.tickOf(tag));
  }

  /** Whether anyone but the pod has invalidated it since. */
  isGoneByOthers(tags: Iterable<string>, tick: number): boolean {
    return this.#isAfter(tick, tags, (tag) => this.#byOthers.get(tag) ?? 0);
  }

  /** Whether what began to be made at `tick` must not be stored. */
  isLate(tags: Iterable<string>, tick: number): boolean {
    return this.#isAfter(tick, tags, (tag) => Math.max(this.tickOf(tag), this.#aged.get(tag) ?? 0));
  }

  /** Whether nobody may be given what began to be made at `tick`, not even while it can't be made anew. */
  isGoneForGood(tags: Iterable<string>, tick: number): boolean {
    if (tick < this.#allVanished) return true;
    return this.#isAfter(tick, tags, (tag) => {
      const mark = this.#gone.get(tag);
      return Math.max(mark === undefined ? 0 : this.#settledOf(mark), this.#vanished.get(tag) ?? 0);
    });
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

  #isAfter(tick: number, tags: Iterable<string>, markOf: (tag: string) => number): boolean {
    if (tick >= this.#tick) return false;
    if (tick < this.#floor) return true;
    for (const tag of tags) if (markOf(tag) > tick) return true;
    return false;
  }

  #nextMark(before: Mark | undefined): Mark {
    const last = this.#tick;
    if (before === undefined) return { last, unsettled: last, settled: 0 };
    const allSettled = before.last <= this.#settled;
    const none = before.unsettled > this.#settled;
    const unsettled = none ? before.unsettled : allSettled ? last : this.#settled + 1;
    return { last, unsettled, settled: this.#settledOf(before) };
  }

  #settledOf({ last, unsettled, settled }: Mark): number {
    if (last <= this.#settled) return last;
    return unsettled <= this.#settled ? this.#settled : settled;
  }

  #forgetTags<V>(marks: Map<string, V>, tickOf: (mark: V) => number): void {
    if (marks.size <= this.#tags) return;
    for (const [tag, mark] of firstHalf(marks)) {
      marks.delete(tag);
      this.#floor = Math.max(this.#floor, tickOf(mark));
    }
  }
}

/** As the newest. */
function put<V>(marks: Map<string, V>, tag: string, mark: V): void {
  marks.delete(tag);
  marks.set(tag, mark);
}

function firstHalf<V>(map: ReadonlyMap<string, V>): [string, V][] {
  const entries = [...map];
  return entries.slice(0, Math.ceil(entries.length / 2));
}
