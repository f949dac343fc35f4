import { limits } from '../limits.ts';
import { within } from '../within.ts';
import { listen } from './channels.ts';

/** Asks an origin, by an address there, whether it can be asked: 5xx, refused and timed out is no. */
export type LookAtOrigin = (url: string) => Promise<boolean>;

/** When an origin last answered, and since when it has not; by `performance.now()`. */
type Seen = {
  upAtMs: number;
  downSinceMs: number | null;
  lookedAtMs: number;
  /** How long the last look took. */
  lookMs: number;
  look: Promise<void> | null;
  /** When that began. */
  beganAtMs: number;
  /** One that is to come, so that many pods don't ask again and again. */
  next: Promise<void> | null;
};

const never = Number.NEGATIVE_INFINITY;

/**
 * Where the pages' content comes from, and whether it can be had there now. What the app's own requests come to tells that for
 * nothing; where none was lately, it is asked for.
 */
export class Origins {
  /** By origin; never more than a few. */
  readonly #seen = new Map<string, Seen>();
  /** Names by which WordPress calls itself, and which the app may ask by others. */
  readonly #rumoured = new Set<string>();
  /** Where to look, by origin. */
  readonly #urls = new Map<string, string>();
  readonly #nowMs: () => number;
  #look: LookAtOrigin | null = null;
  /** For how long it is waited for an origin that does not come back. */
  #patienceMs = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** How to look, and for how long to wait for one that is down. */
  lookBy(look: LookAtOrigin, patienceMs: number): void {
    this.#look = look;
    this.#patienceMs = patienceMs;
  }

  /** Content comes from there: someone has set it. */
  add(url: string): void {
    const origin = originOf(url);
    if (origin === null) return;
    this.#urls.set(origin, url);
    this.#track(origin);
  }

  /** Content may come from there. Pods may not reach it, so it counts from the app's first answer on. */
  suggest(url: string): void {
    const origin = originOf(url);
    if (origin === null || this.#seen.has(origin) || this.#rumoured.size >= limits.originsAtMost) return;
    this.#rumoured.add(origin);
  }

  areKnown(): boolean {
    return this.#seen.size > 0;
  }

  /** Whether that is an address of another API, as far as it is known where content comes from. */
  areOthers(url: string): boolean {
    return this.areKnown() && URL.canParse(url) && !this.has(url);
  }

  has(url: string): boolean {
    return this.#seen.has(originOf(url) ?? '');
  }

  /** What a request of the app came to. One that failed may have its own reason, so it is only looked at sooner then. */
  note(origin: string, up: boolean): void {
    if (up && this.#rumoured.delete(origin)) this.#track(origin);
    const seen = this.#seen.get(origin);
    if (seen === undefined) return;
    seen.upAtMs = up ? this.#nowMs() : never;
    if (up) seen.downSinceMs = null;
  }

  /**
   * Whether the content can't be had now, from one origin or, with none named, from all together. One that was not heard a moment
   * ago, and since some moment, is looked at first; one that is known to be down is not waited for.
   */
  async isDown(sinceMs: number, url?: string): Promise<boolean> {
    const origins = url === undefined ? [...this.#seen.keys()] : [originOf(url) ?? ''];
    for (const origin of origins) {
      const seen = this.#seen.get(origin);
      if (seen === undefined) continue;
      const now = this.#nowMs();
      let isSlow = false;
      if (seen.downSinceMs !== null) {
        if (now - seen.lookedAtMs > limits.originLookAgainMs) void this.#lookAt(origin, seen);
      } else if (seen.upAtMs < Math.max(sinceMs, now - limits.originUpForMs))
        isSlow = !(await this.#lookFor(origin, seen));
      // Whoever asks waits no longer for one that is slow; whether it is down is seen later.
      if (this.#isDown(seen) || isSlow) return true;
    }
    return false;
  }

  /** Whether one of those that were down still is: looked at now. */
  async areStillDown(): Promise<boolean> {
    const down = [...this.#seen].filter(([, seen]) => this.#isDown(seen));
    await Promise.all(down.map(([origin, seen]) => this.#lookFor(origin, seen)));
    return down.some(([, seen]) => this.#isDown(seen));
  }

  /** Whether each has answered after a moment, or is no longer waited for. Looks where it hasn't. */
  haveAnsweredSince(ms: number): boolean {
    let all = true;
    for (const [origin, seen] of this.#seen) {
      if (seen.upAtMs >= ms || this.#isGivenUp(seen)) continue;
      all = false;
      this.#lookSoon(origin, seen);
    }
    return all;
  }

  /** Since when content can't be had, in ms; null where it can. */
  downForMs(): number | null {
    const since = [...this.#seen.values()]
      .filter((seen) => this.#isDown(seen))
      .map((seen) => seen.downSinceMs);
    const longest = Math.min(...since.filter((ms) => ms !== null));
    return Number.isFinite(longest) ? this.#nowMs() - longest : null;
  }

  /** Done when the looks that are under way, or are to come, are over. */
  async looked(): Promise<void> {
    await Promise.all([...this.#seen.values()].map(({ look, next }) => next ?? look));
  }

  #track(origin: string): void {
    if (this.#seen.has(origin) || this.#seen.size >= limits.originsAtMost) return;
    this.#seen.set(origin, {
      upAtMs: never,
      downSinceMs: null,
      lookedAtMs: never,
      lookMs: 0,
      look: null,
      beganAtMs: never,
      next: null,
    });
  }

  /** As soon as may be: seldom where looking takes long, since every pod does it. */
  #lookSoon(origin: string, seen: Seen): void {
    if (seen.look !== null || seen.next !== null) return;
    const { originLookAgainMs, originLookShare, originLookAgainMostMs } = limits;
    const pauseMs = Math.min(
      Math.max(originLookAgainMs, seen.lookMs * originLookShare),
      originLookAgainMostMs,
    );
    const waitMs = seen.lookedAtMs + pauseMs - this.#nowMs();
    if (waitMs <= 0) return void this.#lookAt(origin, seen);
    seen.next = new Promise<void>((resolve) => void setTimeout(resolve, waitMs).unref?.()).then(() => {
      seen.next = null;
      return this.#lookAt(origin, seen);
    });
  }

  /** For as long as anyone waits for one look. @returns whether anything was heard since it began */
  async #lookFor(origin: string, seen: Seen): Promise<boolean> {
    const look = this.#lookAt(origin, seen);
    const { beganAtMs } = seen;
    const leftMs = beganAtMs + limits.originDeadlineMs - this.#nowMs();
    const isOver = leftMs > 0 && (await within(leftMs, look));
    return isOver || seen.upAtMs >= beganAtMs;
  }

  #lookAt(origin: string, seen: Seen): Promise<void> {
    const look = this.#look;
    if (look === null) return Promise.resolve();
    if (seen.look !== null) return seen.look;
    const beganAtMs = this.#nowMs();
    seen.beganAtMs = beganAtMs;
    seen.look = look(this.#urls.get(origin) ?? `${origin}/`).then((answered) => {
      seen.look = null;
      // Whatever else it has answered meanwhile says more than that this took too long.
      const up = answered || seen.upAtMs >= beganAtMs;
      seen.lookedAtMs = this.#nowMs();
      seen.lookMs = seen.lookedAtMs - beganAtMs;
      this.note(origin, up);
      if (!up) seen.downSinceMs ??= this.#nowMs();
    });
    return seen.look;
  }

  #isDown(seen: Seen): boolean {
    return seen.downSinceMs !== null && !this.#isGivenUp(seen);
  }

  #isGivenUp({ downSinceMs }: Seen): boolean {
    return downSinceMs !== null && this.#nowMs() - downSinceMs > this.#patienceMs;
  }
}

type OfUndici = {
  request: { origin?: unknown };
  response?: { statusCode?: number };
  error?: { name?: string };
};
export type RequestOfNode = { protocol?: string; host?: string; getHeader?(name: string): unknown };
type OfNode = { request: RequestOfNode; response?: { statusCode?: number } };

/** Listens to what comes of this process's requests, by `fetch` and by `node:http`. */
export function hearAnswers(origins: Pick<Origins, 'note'>): void {
  listen({
    'undici:request:headers'({ request, response }: OfUndici) {
      origins.note(String(request.origin), isUp(response?.statusCode));
    },
    'undici:request:error'({ request, error }: OfUndici) {
      // Whoever gives up waiting, as a reader who has gone, says nothing of the origin.
      if (error?.name !== 'AbortError') origins.note(String(request.origin), false);
    },
    'http.client.response.finish'({ request, response }: OfNode) {
      origins.note(originOfNode(request), isUp(response?.statusCode));
    },
  });
}

/** Whom a request of `node:http` has asked, by the name that it has called it. */
export function originOfNode(request: RequestOfNode): string {
  const { protocol = 'http:', host } = request;
  return originOf(`${protocol}//${String(request.getHeader?.('host') ?? host)}`) ?? '';
}

const isUp = (status = 0) => status < 500;

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
