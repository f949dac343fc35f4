import { limits } from '../limits.ts';
import { readKeys } from './key.ts';

/** Why it isn't known of an entry what it was made from. */
export const blindnesses = [
  /** Nothing was heard at all that says it: a client that can't be heard, no data, or hosts that never say it. */
  'nothing heard',
  /** An answer came without the header from a host that gives it, or none came. */
  'missing',
  'malformed',
  'repeated',
  'too long',
  /** The header came from another host than the one that is set. */
  'another host',
  /** It was computed before anyone noted what from. */
  'older',
] as const;
export type Blindness = (typeof blindnesses)[number];

/** What an answer says of what it was made from. */
export type Said =
  | { kind: 'keys'; keys: readonly string[] }
  | { kind: 'blind'; why: Blindness }
  /** From a host that has never said anything, as another API. */
  | { kind: 'silent'; host: string };

/** The hosts that say of their answers what these were made from: those that have done so once, or the one that is set. */
export class Givers {
  readonly #hosts = new Set<string>();
  #only: string | null = null;

  /** Content comes from there, and no other host is believed: someone has set it. */
  believeOnly(url: string | null): void {
    this.#only = url === null ? null : hostOf(url);
  }

  /** It says of itself that it gives keys. */
  learn(url: string): void {
    const host = hostOf(url);
    if (host !== null && this.#hosts.size < limits.originsAtMost) this.#hosts.add(host);
  }

  has(host: string): boolean {
    return this.#only === null ? this.#hosts.has(host) : host === this.#only;
  }

  /** Of an answer from there with so many of these headers. */
  said(url: string, headers: readonly string[]): Said {
    const host = hostOf(url) ?? '';
    const [header, ...more] = headers;
    if (header === undefined)
      return this.has(host) ? { kind: 'blind', why: 'missing' } : { kind: 'silent', host };
    if (this.#only !== null && host !== this.#only) return { kind: 'blind', why: 'another host' };
    this.learn(url);
    // Of several it is not known which is WordPress's own.
    return more.length > 0 ? { kind: 'blind', why: 'repeated' } : this.saidAgain(header);
  }

  /** Of what was believed before, as it was kept. */
  saidAgain(header: string): Said {
    const keys = readKeys(header);
    return typeof keys === 'string' ? { kind: 'blind', why: keys } : { kind: 'keys', keys };
  }
}

/** With its port, and whatever its protocol: http leads to https. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
