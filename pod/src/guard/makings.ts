import type { Givers } from '../keys/givers.ts';
import { Reads } from '../keys/reads.ts';
import { limits } from '../limits.ts';
import type { Announcing } from './shared-store.ts';
import type { Visit } from './visits.ts';

/** The address and port on which a request came in. */
export type ServedAt = { ip: string; port: number };

/** A request that may make something, from its start until its response is finished or cut off. */
export type Asked = {
  path: string;
  over: 'finished' | 'cut off' | null;
  readonly makings: Set<Making>;
  /** What the pod applies in it. */
  readonly announcing: Announcing;
  /** By this pod itself; null for everybody else. */
  readonly visit: Visit | null;
  /** Where the server was asked; null where that is not known. */
  readonly at: ServedAt | null;
  /** What WordPress said of the answers that were read for it. */
  readonly reads: Reads;
  /** Whether it is answered with what was invalidated, or with what was made from that. */
  isOld: boolean;
  /** By what that goes in a CDN, with whatever page has been looked at for it; empty while there is none. */
  readonly goesWith: Set<string>;
};

/** One that begins now. */
export function newAsked({
  path,
  givers,
  visit = null,
  at = null,
}: { path: string; givers: Givers } & Partial<Pick<Asked, 'visit' | 'at'>>): Asked {
  const reads = new Reads(givers);
  return {
    path,
    over: null,
    makings: new Set(),
    announcing: {},
    visit,
    at,
    reads,
    isOld: false,
    goesWith: new Set(),
  };
}

/** A page or a route handler's answer that is being made, by whoever asked for it first. */
export type Making = {
  readonly key: string;
  /** Where the ledger stood when it began. */
  readonly tick: number;
  readonly atMs: number;
  readonly asked: Asked | null;
  /** Whether it goes on behind a response that has the page of before. */
  goesOn: boolean;
};

export type OpenMaking = { path: string; forMs: number };

/** What is being made now. Bounded; of too many the oldest are no longer waited for. */
export class Makings {
  readonly #open = new Set<Making>();
  readonly #ended = new Set<() => void>();
  readonly #nowMs: () => number;
  readonly #atMost: number;
  #invalidated = { tick: 0, atMs: Number.NEGATIVE_INFINITY };
  /** When one ended last that had begun before an invalidation. */
  #oldEndedAtMs = Number.NEGATIVE_INFINITY;

  constructor({ nowMs, atMost }: { nowMs: () => number; atMost: number }) {
    this.#nowMs = nowMs;
    this.#atMost = atMost;
  }

  /** To be told of each invalidation, by its tick. */
  invalidated(tick: number): void {
    this.#invalidated = { tick, atMs: this.#nowMs() };
  }

  /** When anything was invalidated last. */
  invalidatedAtMs(): number {
    return this.#invalidated.atMs;
  }

  /**
   * Whether an answer that leaves now may be of a render that began before the last invalidation: who comes while a page is made
   * is answered with what comes of it, and asks no cache.
   */
  mayAnswerOld(): boolean {
    const now = this.#nowMs();
    const { tick, atMs } = this.#invalidated;
    if (now - atMs > limits.oldAnswersForMs) return false;
    const [oldest] = this.#open;
    return (oldest?.tick ?? tick) < tick || now - this.#oldEndedAtMs <= limits.oldAnswersBehindMs;
  }

  begin(key: string, tick: number, asked: Asked | null): Making {
    const making = { key, tick, atMs: this.#nowMs(), asked, goesOn: false };
    this.#open.add(making);
    asked?.makings.add(making);
    const [oldest] = this.#open;
    if (this.#open.size > this.#atMost && oldest !== undefined) this.end(oldest);
    return making;
  }

  end(making: Making): void {
    making.asked?.makings.delete(making);
    if (!this.#open.delete(making)) return;
    if (making.tick < this.#invalidated.tick) this.#oldEndedAtMs = this.#nowMs();
    for (const wake of [...this.#ended]) wake();
  }

  /** A response that is finished ends what it waited for: it was not to be stored, or had no page. */
  isOver(asked: Asked, over: 'finished' | 'cut off'): void {
    asked.over = over;
    if (over === 'finished') for (const one of [...asked.makings]) if (!one.goesOn) this.end(one);
  }

  /**
   * What began before an invalidation and has not ended, the longest first. What nobody waits for any more is given up
   * after `capMs`: it may have failed without a word.
   */
  before(tick: number, capMs: number): OpenMaking[] {
    const open: OpenMaking[] = [];
    for (const making of [...this.#open]) {
      if (making.tick >= tick) continue;
      const forMs = this.#nowMs() - making.atMs;
      const { asked } = making;
      if (asked?.over != null && forMs >= capMs) this.end(making);
      else open.push({ path: asked?.path ?? pathOf(making.key), forMs: Math.round(forMs) });
    }
    return open.sort((a, b) => b.forMs - a.forMs);
  }

  /** Called after each end, until what is returned is called. */
  onEnd(wake: () => void): () => void {
    this.#ended.add(wake);
    return () => void this.#ended.delete(wake);
  }
}

/** Next.js puts the route before the path, as `/route-cache/<kind>/<hash>/$<path>`. */
export function pathOf(key: string): string {
  return /^\/route-cache\/[^/]+\/[^/]+\/\$(.*)$/s.exec(key)?.[1] ?? key;
}

/** The path of a page: Next.js keeps `/` as `/index`, and `/index` as `/index/index`. */
export function pagePathOf(key: string): string {
  const kept = pathOf(key);
  if (kept === '/index') return '/';
  return kept.startsWith('/index/') ? kept.slice('/index'.length) : kept;
}
