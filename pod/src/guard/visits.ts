import { type Host, hostAskedFor } from './host.ts';

/**
 * One visit of a page by this pod itself. To it alone every page counts as out of date that began to be made before a tick,
 * and so do the answers of the content API's origins that lie in the fetch cache; others' answers are as good as ever.
 */
export type Visit = {
  /** What is older than this is out of date. */
  readonly since: number;
  /** Origins of the content API, such as `https://wordpress.example`. */
  readonly origins: ReadonlySet<string>;
  /** The page that it was answered with, as the store knows it, and when its making began; null until one is known. */
  page: { readonly key: string; readonly tick: number; readonly storedAtMs: number | null } | null;
};

/** Visits that are under way, each under a name that nobody can guess and that lasts for one request. */
export class Visits {
  readonly #open = new Map<string, Visit>();
  /** What the last visitor has called this site. */
  host: Host | null = null;

  /** @returns its name, and how to end it */
  open(visit: Visit): { nonce: string; end: () => void } {
    const nonce = crypto.randomUUID();
    this.#open.set(nonce, visit);
    return { nonce, end: () => void this.#open.delete(nonce) };
  }

  /** Takes note of how an ordinary visitor calls this site. */
  learn(headers: Record<string, unknown>): void {
    this.host = hostAskedFor(headers) ?? this.host;
  }

  /** Null for whoever is no visit, or has made one up. A name counts once. */
  take(nonce: unknown): Visit | null {
    if (typeof nonce !== 'string') return null;
    const visit = this.#open.get(nonce) ?? null;
    this.#open.delete(nonce);
    return visit;
  }
}

/** The request header that a visit carries. */
export const visitHeader = 'x-everypod-visit';

/** Whether this visit may not be answered with what lies there. */
export function isTooOld(
  visit: Visit | null,
  tick: number,
  { kind, fetchUrl }: { kind?: string | undefined; fetchUrl?: unknown },
): boolean {
  if (visit === null || tick >= visit.since) return false;
  if (kind !== 'FETCH') return true;
  return typeof fetchUrl === 'string' && visit.origins.has(originOf(fetchUrl));
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** Takes note of what a visit is answered with, or of what was made for it and stored. */
export function noteVisited(
  visit: Visit | null,
  page: { key: string; tick: number | undefined; storedAtMs: number | null },
): void {
  if (visit === null || page.tick === undefined) return;
  const { key, tick, storedAtMs } = page;
  visit.page = { key, tick, storedAtMs };
}
