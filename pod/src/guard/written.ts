/** When this process has last stored something that carries a tag, for a bounded number of tags. */
export class Written {
  readonly #atMs = new Map<string, number>();
  readonly #atMost: number;
  /** Up to when what was stored may have been forgotten. */
  #floorMs = Number.NEGATIVE_INFINITY;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  note(tags: Iterable<string>, nowMs = performance.now()): void {
    for (const tag of tags) {
      this.#atMs.delete(tag);
      this.#atMs.set(tag, nowMs);
    }
    if (this.#atMs.size <= this.#atMost) return;
    for (const [tag, atMs] of [...this.#atMs].slice(0, Math.ceil(this.#atMost / 2))) {
      this.#atMs.delete(tag);
      this.#floorMs = atMs;
    }
  }

  /** Whether anything with the tag was stored at that moment or later; what is forgotten counts as stored. */
  since(tag: string, sinceMs: number): boolean {
    return Math.max(this.#atMs.get(tag) ?? Number.NEGATIVE_INFINITY, this.#floorMs) >= sinceMs;
  }
}
