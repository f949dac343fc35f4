import { limits } from '../limits.ts';
import type { Blindness, Givers, Said } from './givers.ts';
import { blindTag, kindAlone, knownTag, nothing, tagOfKey } from './key.ts';

/** How much is known of what something was made from. */
export type Standing = 'known' | Blindness;

/** What was read for one request: each answer's keys, from wherever it came. */
export class Reads {
  readonly #givers: Givers;
  readonly #silent = new Set<string>();
  #keys = new Set<string>();
  #said = false;
  #blind: Blindness | null = null;

  constructor(givers: Givers) {
    this.#givers = givers;
  }

  /** Of an answer as it came. */
  note(said: Said): void {
    if (said.kind === 'blind') this.#blind ??= said.why;
    if (said.kind === 'silent' && this.#silent.size < limits.originsAtMost) this.#silent.add(said.host);
    if (said.kind !== 'keys') return;
    this.#said = true;
    for (const key of said.keys) this.#keys.add(key);
    // Then it goes with whatever changes of these kinds, which is more than it was made from, and never less.
    if (this.#keys.size > limits.keysPerPage) this.#keys = kindsOf(this.#keys);
  }

  standing(): Standing {
    if (this.#blind !== null) return this.#blind;
    // One that has said nothing when it was asked, and something later, is no other API.
    for (const host of this.#silent) if (this.#givers.has(host)) return 'missing';
    return this.#said ? 'known' : 'nothing heard';
  }

  /** As tags, which an entry that is made from this is stored with. */
  tags(): string[] {
    const mark = this.standing() === 'known' ? knownTag : blindTag;
    return [mark, ...[...this.#keys].map(tagOfKey)];
  }

  /** Whether hosts alone were heard that never say anything, as other APIs. */
  isOfOthers(): boolean {
    return this.standing() === 'nothing heard' && this.#silent.size > 0;
  }

  /** As WordPress would have said it of one answer: of too much the kinds alone, or nobody would believe it. */
  header(): string | null {
    if (!this.#said) return null;
    const all = [...this.#keys].join(',') || nothing;
    return all.length <= limits.keysHeaderBytes ? all : [...kindsOf(this.#keys)].join(',');
  }
}

const kindsOf = (keys: ReadonlySet<string>) => new Set([...keys].map(kindAlone));
