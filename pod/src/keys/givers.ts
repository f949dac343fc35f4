import { limits } from '../limits.ts';
import { type Foreign, graphqlHeader, readGraphql, readSurrogate, surrogateHeader } from './foreign.ts';
import { keysHeader, readKeys } from './key.ts';

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
  /** Another plugin's header has said a part of it. */
  'not read',
  /** It was computed before anyone noted what from. */
  'older',
] as const;
export type Blindness = (typeof blindnesses)[number];

/** What an answer says of what it was made from. */
export type Said =
  | { kind: 'keys'; keys: readonly string[] }
  /** With what was said of it. */
  | { kind: 'blind'; why: Blindness; keys?: readonly string[] }
  /** From a host that has never said anything, as another API. */
  | { kind: 'silent'; host: string };

/** The headers that are looked at, in lower case; all of one name. */
export type Heard = Readonly<Partial<Record<string, readonly string[]>>>;
export const heardHeaders: readonly string[] = [keysHeader, graphqlHeader, surrogateHeader];
export const heardLengths: ReadonlySet<number> = new Set(heardHeaders.map(({ length }) => length));

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

  /** Whether its answers are asked to say it. */
  areAsked(url: string): boolean {
    const host = hostOf(url);
    return host !== null && this.has(host);
  }

  /** Of an answer from there, by its headers. */
  said(url: string, heard: Heard): Said {
    const host = hostOf(url) ?? '';
    const [header, ...more] = heard[keysHeader] ?? [];
    if (header === undefined) return this.#saidByOthers(host, heard);
    if (this.#only !== null && host !== this.#only) return { kind: 'blind', why: 'another host' };
    this.learn(url);
    // Of several it is not known which is WordPress's own.
    return more.length > 0 ? { kind: 'blind', why: 'repeated' } : this.saidAgain(header);
  }

  /** Where ours is missing, as in WPGraphQL's answers. A cache by tag may be that of any API, so its header counts of such a host alone. */
  #saidByOthers(host: string, heard: Heard): Said {
    const isGiver = this.has(host);
    const graphql = this.#only === null || isGiver ? heard[graphqlHeader]?.join(' ') : undefined;
    const surrogate = isGiver ? heard[surrogateHeader]?.join(' ') : undefined;
    const found: Foreign | null =
      graphql !== undefined
        ? readGraphql(graphql)
        : surrogate !== undefined
          ? readSurrogate(surrogate)
          : null;
    if (found === null) return isGiver ? { kind: 'blind', why: 'missing' } : { kind: 'silent', host };
    const { keys, whole } = found;
    return whole ? { kind: 'keys', keys } : { kind: 'blind', why: 'not read', keys };
  }

  /** Of what was believed before, as it was kept. */
  saidAgain(header: string): Said {
    const keys = readKeys(header);
    return typeof keys === 'string' ? { kind: 'blind', why: keys } : { kind: 'keys', keys };
  }
}

const hosts = new Map<string, string | null>();

/** With its port, and whatever its protocol: http leads to https. Read once of each of a few. */
function hostOf(url: string): string | null {
  const [origin = ''] = /^https?:\/\/[^/?#]+/i.exec(url) ?? [];
  const known = hosts.get(origin);
  if (known !== undefined) return known;
  const host = URL.canParse(origin) ? new URL(origin).host : null;
  if (hosts.size >= limits.originsAtMost) hosts.clear();
  hosts.set(origin, host);
  return host;
}

/** All that it names. */
export function keysIn(said: Said): readonly string[] {
  return said.kind === 'silent' ? [] : (said.keys ?? []);
}
