import { limits } from '../limits.ts';
import type { Blindness, Said } from './givers.ts';
import type { Standing } from './reads.ts';

/** Why no keys were heard, in the contract's words, whose names users of this package's types do not have. */
type WhyNone = 'none given' | 'taken away' | 'another host' | 'not heard';

/** How many pages this process has made, by what is known of what they were made from. */
export type Made = { known: number; unknown: number; blind: Partial<Record<Blindness, number>> };

/** What a process has seen of keys: in the answers that it has read, in the events that it was told of, and of its pages. */
export class Learned {
  readonly #made: Made = { known: 0, unknown: 0, blind: {} };
  readonly #answers = { withKeys: 0, without: 0 };
  #refused = false;
  #spoiled = false;
  #hasGiverSpoken = false;

  /** Of an answer that was read for a page. */
  answered(said: Said): void {
    if (said.kind === 'keys') this.#answers.withKeys += 1;
    else this.#answers.without += 1;
    if (said.kind !== 'blind') return;
    this.#refused ||= said.why === 'another host';
    this.#spoiled ||= ['malformed', 'repeated', 'too long'].includes(said.why);
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

  /** Why no keys were heard, though pages were made; null where some were, or none have been made. */
  whyNone(): WhyNone | null {
    const { known, blind } = this.#made;
    const { withKeys, without } = this.#answers;
    const made = Object.values(blind).reduce((sum, some) => sum + some, 0);
    if (known > 0 || withKeys > 0 || made === 0) return null;
    if (this.#refused) return 'another host';
    if (without > 0) return this.#hasGiverSpoken || this.#spoiled ? 'taken away' : 'none given';
    // Pages that are made from nothing are no sign by themselves.
    return this.#hasGiverSpoken && made >= limits.makingsUnheard ? 'not heard' : null;
  }
}
