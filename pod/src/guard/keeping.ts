import { limits } from '../limits.ts';
import { Origins } from './origins.ts';

type Asked = { kind?: string | undefined; fetchUrl?: unknown };

/**
 * When the guard gives what was invalidated: pages that the pod is about to make anew, so that no visitor waits for that; and
 * whatever there is while content can't be had from its origin, so that nobody who could read a page meets an error. Whatever has settled, or was taken away, is out of its reach.
 */
export class Keeping {
  readonly origins = new Origins();
  /** Whether the pod is told what vanishes. */
  isAllowed = false;
  /** By key: pages that are about to be made anew, since when they are kept and until when. */
  readonly #pages = new Map<string, { sinceMs: number; untilMs: number }>();

  /** Has pages given as they were until each is made anew, or its time is over. One that is kept already gets no more of it. */
  keep(keys: readonly string[], forMs: number): void {
    if (!this.isAllowed) return;
    const now = performance.now();
    for (const [key, { untilMs }] of this.#pages) if (untilMs <= now) this.#pages.delete(key);
    for (const key of keys) {
      if (this.#pages.has(key) || this.#pages.size >= limits.pagesKept) continue;
      this.#pages.set(key, { sinceMs: now, untilMs: now + forMs });
    }
  }

  /** It is made anew, or won't be. */
  release(key: string): void {
    this.#pages.delete(key);
  }

  /** Whether a page is given as it was while it is made. */
  isKept(key: string): boolean {
    return (this.#pages.get(key)?.untilMs ?? 0) > performance.now();
  }

  /** Whether it may give what was there before, as far as can be said without looking. */
  mayGive(key: string): boolean {
    return this.isAllowed && (this.origins.areKnown() || this.isKept(key));
  }

  /**
   * Whether content can't be had now: of an answer from where it came from, of a page from any of the origins. What was heard of
   * them before the last invalidation says nothing.
   */
  async gives({ kind, fetchUrl }: Asked, invalidatedAtMs: number): Promise<boolean> {
    const isAnswer = kind === 'FETCH' && typeof fetchUrl === 'string' && URL.canParse(fetchUrl);
    if (!isAnswer) return this.origins.isDown(invalidatedAtMs);
    return this.origins.has(fetchUrl) && this.origins.isDown(invalidatedAtMs, fetchUrl);
  }

  /**
   * Whether something that was invalidated at a moment, by `performance.now()`, may still be given to anyone: that WordPress was
   * there when it said so tells nothing of now.
   */
  holdsBack(invalidatedAtMs: number): boolean {
    if (!this.isAllowed) return false;
    return this.makesSince(invalidatedAtMs) || !this.origins.haveAnsweredSince(invalidatedAtMs);
  }

  /** Whether a page is kept since then, or longer, until it is made anew. */
  makesSince(ms: number): boolean {
    const now = performance.now();
    for (const { sinceMs, untilMs } of this.#pages.values()) if (sinceMs <= ms && untilMs > now) return true;
    return false;
  }
}
