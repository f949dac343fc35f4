import { limits } from '../limits.ts';
import type { Value } from './next-cache.ts';

/** A page as it was just made: since which tick, and whether it was stored. */
export type Made = { value: Value | null; tick: number; stored: boolean };

type Open = { made: Made | null; ended: Promise<Made | null> };

/** Pages that are made anew because somebody waits for them; each once for all who do. */
export class Remakes {
  readonly #open = new Map<string, Open>();

  /**
   * Has a page made that is at least as new as a tick. One whose render had begun before may be joined, so it is asked
   * for again then.
   * @throws where no such page comes of it
   */
  async since(tick: number, key: string, ask: () => Promise<void>): Promise<Made> {
    for (let tries = 0; tries < limits.remakesAtMost; tries += 1) {
      const made = await (this.#open.get(key) ?? this.#begin(key, ask)).ended;
      if (made !== null && (made.stored || made.tick >= tick)) return made;
    }
    throw new Error(`Everypod: the page ${key} was not made anew when it was asked for.`);
  }

  /** What any render came to, stored or not. */
  tell(key: string, made: Made): void {
    const open = this.#open.get(key);
    if (open !== undefined) open.made = made;
  }

  #begin(key: string, ask: () => Promise<void>): Open {
    const open: Open = { made: null, ended: Promise.resolve(null) };
    open.ended = this.#end(open, key, ask);
    this.#open.set(key, open);
    return open;
  }

  async #end(open: Open, key: string, ask: () => Promise<void>): Promise<Made | null> {
    // Only then may it be joined, and be found gone.
    await null;
    try {
      await ask();
    } catch (error) {
      // A page that is not found, or leads elsewhere, is made as well.
      if (open.made === null) throw error;
    } finally {
      this.#open.delete(key);
    }
    return open.made;
  }
}
