import { Origins } from './origins.ts';

type Asked = { kind?: string | undefined; fetchUrl?: unknown };

/**
 * When the guard gives what was invalidated: while content can't be had from its origin, so that nobody who could read a page
 * meets an error. Whatever has settled, or was taken away, is out of its reach.
 */
export class Keeping {
  readonly origins = new Origins();

  /** Whether it is known at all where content comes from. */
  isAble(): boolean {
    return this.origins.areKnown();
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

  /** Whether something that was invalidated at a moment, by `performance.now()`, may still be given: nothing has answered since. */
  holdsBack(invalidatedAtMs: number): boolean {
    return !this.origins.haveAnsweredSince(invalidatedAtMs);
  }
}
