import { limits } from '../limits.ts';

type Kind = 'read' | 'store';
/** Calls it once, when it is over. */
export type End = () => void;

type Waiting = { kind: Kind; begin: () => void };
type Line = { reads: number; stores: number; waiting: Waiting[] };

/**
 * Whose turn it is at one entry, by its key. Next.js writes an entry into several files and reads them one after another: of
 * two stores that meet, the one that began first may end last, and a read that meets a store gets the content of before with
 * the time of now. So a store is alone, and whoever comes behind it waits for it. Nobody waits for ever: a disk may hang.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  /** Null where those before have not ended within `limits.entryTurnMs`: what they do is not to be met. */
  take(key: string, kind: Kind): End | Promise<End | null> {
    const line = this.#lines.get(key) ?? { reads: 0, stores: 0, waiting: [] };
    this.#lines.set(key, line);
    if (line.waiting.length === 0 && isFree(line, kind)) return this.#begin(key, line, kind);
    return new Promise((answer) => {
      const one: Waiting = {
        kind,
        begin: () => {
          clearTimeout(timer);
          answer(this.#begin(key, line, kind));
        },
      };
      const giveUp = () => {
        line.waiting.splice(line.waiting.indexOf(one), 1);
        this.#goOn(key, line);
        answer(null);
      };
      const timer = setTimeout(giveUp, limits.entryTurnMs);
      line.waiting.push(one);
    });
  }

  #begin(key: string, line: Line, kind: Kind): End {
    line[`${kind}s`] += 1;
    return () => {
      line[`${kind}s`] -= 1;
      this.#goOn(key, line);
    };
  }

  /** In the order in which they came, so that many readers do not keep a store from its turn. */
  #goOn(key: string, line: Line): void {
    for (let [next] = line.waiting; next && isFree(line, next.kind); [next] = line.waiting) {
      line.waiting.shift();
      next.begin();
    }
    if (line.reads + line.stores + line.waiting.length === 0) this.#lines.delete(key);
  }
}

function isFree({ reads, stores }: Line, kind: Kind): boolean {
  return stores === 0 && (kind === 'read' || reads === 0);
}
