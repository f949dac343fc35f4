import type { Blindness, Said } from './givers.ts';
import type { Standing } from './reads.ts';

/** How many pages this process has made, by what is known of what they were made from. */
export type Made = { known: number; unknown: number; blind: Partial<Record<Blindness, number>> };

/** What a process has seen of keys: in the answers that it has read, in the events that it was told of, and of its pages. */
export class Learned {
  readonly #made: Made = { known: 0, unknown: 0, blind: {} };
  #answers = { withKeys: 0, without: 0 };
  #hasGiverSpoken = false;

  /** Of an answer that was read for a page. */
  answered(said: Said): void {
    if (said.kind === 'keys') this.#answers.withKeys += 1;
    else this.#answers.without += 1;
  }

  /** Of a page that was made; null where requests can't be followed. */
  made(standing: Standing | null): void {
    const { blind } = this.#made;
    if (standing === null) this.#made.unknown += 1;
    else if (standing === 'known') this.#made.known += 1;
    else blind[standing] = (blind[standing] ?? 0) + 1;
  }

  /** An event came from a WordPress that gives keys. */
  heardGiver(): void {
    this.#hasGiverSpoken = true;
  }

  get makings(): Made {
    return { ...this.#made, blind: { ...this.#made.blind } };
  }

  get answers(): { withKeys: number; without: number } {
    return { ...this.#answers };
  }

  get hasGiverSpoken(): boolean {
    return this.#hasGiverSpoken;
  }
}
