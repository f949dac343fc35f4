import { limits } from '../limits.ts';

/** The header by which WordPress says what an answer was made of. */
export const keysHeader = 'x-everypod-keys';
/** What a request says in the same header, for a WordPress that says keys to who asks alone. */
export const asking = 'asked';

/** What makes a tag of a key: no app's own tag begins so, and no store but a shared one hears of it. */
export const ofKey = '_E_K_';

/** Of an entry of which all that is known that it was made from. */
export const knownTag = `${ofKey}known`;

/** Of an entry that was made from something of which nothing is known: it goes with whatever changes. */
export const blindTag = `${ofKey}blind`;

/** What an answer names that was made without reading anything. */
export const nothing = '-';

/** By what the keys of a second WordPress in the same app are told from the first one's. */
const site = '@[a-z0-9][a-z0-9-]{0,15}';

/** One key: an object by its kind and number, a hash, a kind as a whole, or a word of its own; behind it the site that has a name. */
const form = new RegExp(`^(?:(?:[pt](?:\\d{1,20}|\\*)|f)(?:${site})?|s${site}|h(?:[\\w-]{12}|\\*))$`);
const siteAlone = new RegExp(`^${site}$`);

/** The keys that such a header names, none where it names nothing; or why it can't be believed. */
export function readKeys(header: string): string[] | 'malformed' | 'too long' {
  if (header.length > limits.keysHeaderBytes) return 'too long';
  if (header === nothing) return [];
  const [first = '', ...others] = header.split(',');
  const keys = siteAlone.test(first)
    ? [`s${first}`, ...others.map((key) => ofSite(key, first))]
    : [first, ...others];
  return keys.every((key) => form.test(key)) ? keys : 'malformed';
}

/** Hashes are each site's own. */
function ofSite(key: string, name: string): string {
  return key.startsWith('h') ? key : `${key}${name}`;
}

export function tagOfKey(key: string): string {
  return `${ofKey}${key}`;
}

/** In place of an object its whole kind. */
export function kindAlone(key: string): string {
  const [, kind, , name = ''] = /^([pth])([^@]*)(@.*)?$/.exec(key) ?? [];
  return kind === undefined ? key : `${kind}*${name}`;
}

/** WordPress's words in an event, such as `wp:post:8`, and what they are as keys. */
const words: readonly { word: RegExp; kind: string }[] = [
  { word: new RegExp(`^wp(${site})?:post:(\\d+)$`), kind: 'p' },
  { word: new RegExp(`^wp(${site})?:term:(\\d+)$`), kind: 't' },
  { word: /^wp():#([\w-]{12})$/, kind: 'h' },
];

/** What says of a site something that is one key: that any of its posts has changed, or all that there is of it. */
const wordsAlone = new RegExp(`^wp(?:(${site})?:front-page|(${site}):site)$`);

/** Whether an event that has this tag comes from a WordPress that says with each answer what it was made of. */
export function isOfGiver(tag: string): boolean {
  return tag.startsWith('wp:#') || tag.startsWith('wp@');
}

/** By which tags a page goes that was made from what an event's tag names. */
export function keyTagsOfWord(tag: string): string[] {
  const blind = isOfGiver(tag) ? [blindTag] : [];
  const alone = wordsAlone.exec(tag);
  if (alone !== null)
    return [tagOfKey(alone[2] === undefined ? `f${alone[1] ?? ''}` : `s${alone[2]}`), ...blind];
  for (const { word, kind } of words) {
    const [, name = '', of] = word.exec(tag) ?? [];
    if (of === undefined) continue;
    // An answer that was made from too much names the kind alone.
    return [tagOfKey(`${kind}${of}${name}`), tagOfKey(`${kind}*${name}`), ...blind];
  }
  return blind;
}

/** Tags, and the keys that they stand for. */
export function withKeyTags(tags: Iterable<string>): string[] {
  return [...new Set([...tags].flatMap((tag) => [tag, ...keyTagsOfWord(tag)]))];
}

/** Whether what carries these tags, with commas between them, was stored before anyone learned what it was made from. */
export function isUnknown(tags: string): boolean {
  return !tags.includes(knownTag) && !tags.includes(blindTag);
}
