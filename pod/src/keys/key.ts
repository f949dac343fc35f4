import { limits } from '../limits.ts';

/** The header by which WordPress says what an answer was made of. */
export const keysHeader = 'x-everypod-keys';

/** What makes a tag of a key: no app's own tag begins so, and no store but a shared one hears of it. */
export const ofKey = '_E_K_';

/** What an answer names that was made without reading anything. */
const nothing = '-';

/** One key: an object by its kind and number, a hash, a kind as a whole, or a word of its own. */
const form = /^(?:[pt](?:\d{1,20}|\*)|h(?:[\w-]{12}|\*)|f)$/;

/**
 * The keys that such a header names, none where it names nothing; null of one that can't be believed: it is malformed, too long,
 * or was put together from several answers.
 */
export function parseKeys(header: string): string[] | null {
  if (header.length > limits.keysHeaderBytes) return null;
  if (header === nothing) return [];
  const keys = header.split(',');
  return keys.every((key) => form.test(key)) ? keys : null;
}

/** The tags of what is made from such an answer. */
export function keyTagsOf(header: string): string[] {
  return (parseKeys(header) ?? []).map((key) => `${ofKey}${key}`);
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

/** By which tags a page goes that was made from what an event's tag names. */
export function keyTagsOfWord(tag: string): string[] {
  if (tag === 'wp:front-page') return [`${ofKey}f`];
  for (const { word, kind } of words) {
    const [, of] = word.exec(tag) ?? [];
    // An answer that was made from too much names the kind alone.
    if (of !== undefined) return [`${ofKey}${kind}${of}`, `${ofKey}${kind}*`];
  }
  return [];
}

/** Tags, and the keys that they stand for. */
export function withKeyTags(tags: Iterable<string>): string[] {
  return [...tags].flatMap((tag) => [tag, ...keyTagsOfWord(tag)]);
}
