import { limits } from '../limits.ts';

/** The header by which WordPress says what an answer was made of. */
export const keysHeader = 'x-everypod-keys';

/** What makes a tag of a key: no app's own tag begins so, and no store but a shared one hears of it. */
export const ofKey = '_E_K_';

/** Of an entry of which all that is known that it was made from. */
export const knownTag = `${ofKey}known`;

/** Of an entry that was made from something of which nothing is known: it goes with whatever changes. */
export const blindTag = `${ofKey}blind`;

/** What an answer names that was made without reading anything. */
export const nothing = '-';

/** One key: an object by its kind and number, a hash, a kind as a whole, or a word of its own. */
const form = /^(?:[pt](?:\d{1,20}|\*)|h(?:[\w-]{12}|\*)|f)$/;

/** The keys that such a header names, none where it names nothing; or why it can't be believed. */
export function readKeys(header: string): string[] | 'malformed' | 'too long' {
  if (header.length > limits.keysHeaderBytes) return 'too long';
  if (header === nothing) return [];
  const keys = header.split(',');
  return keys.every((key) => form.test(key)) ? keys : 'malformed';
}

export function tagOfKey(key: string): string {
  return `${ofKey}${key}`;
}

/** In place of an object its whole kind. */
export function kindAlone(key: string): string {
  return key.length === 1 ? key : `${key[0]}*`;
}

/** WordPress's words in an event, such as `wp:post:8`, and what they are as keys. */
const words: readonly { word: RegExp; kind: string }[] = [
  { word: /^wp:post:(\d+)$/, kind: 'p' },
  { word: /^wp:term:(\d+)$/, kind: 't' },
  { word: /^wp:#([\w-]{12})$/, kind: 'h' },
];

/** Whether an event that has this tag comes from a WordPress that says with each answer what it was made of. */
export function isOfGiver(tag: string): boolean {
  return tag.startsWith('wp:#');
}

/** By which tags a page goes that was made from what an event's tag names. */
export function keyTagsOfWord(tag: string): string[] {
  if (tag === 'wp:front-page') return [tagOfKey('f')];
  for (const { word, kind } of words) {
    const [, of] = word.exec(tag) ?? [];
    if (of === undefined) continue;
    // An answer that was made from too much names the kind alone.
    const tags = [tagOfKey(`${kind}${of}`), tagOfKey(`${kind}*`)];
    return isOfGiver(tag) ? [...tags, blindTag] : tags;
  }
  return [];
}

/** Tags, and the keys that they stand for. */
export function withKeyTags(tags: Iterable<string>): string[] {
  return [...new Set([...tags].flatMap((tag) => [tag, ...keyTagsOfWord(tag)]))];
}

/** Whether what carries these tags, with commas between them, was stored before anyone learned what it was made from. */
export function isUnknown(tags: string): boolean {
  return !tags.includes(knownTag) && !tags.includes(blindTag);
}
