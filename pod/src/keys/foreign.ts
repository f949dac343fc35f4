/** Headers of others that name what an answer was made of: WPGraphQL's, and those of a cache by tag, as Pantheon's. */
export const graphqlHeader = 'x-graphql-keys';
export const surrogateHeader = 'surrogate-key';

/** What could be read of such a header, and whether that is all of it. */
export type Foreign = { keys: string[]; whole: boolean };

const kinds: Readonly<Record<string, string>> = { post: 'p', term: 't' };

/** The query, which names no content. */
const ofQuery = /^(?:[0-9a-f]{64}|graphql:\w+|operation:\w*)$/;

/** Words with spaces between them; of posts and terms their global ids, which are base64 of `post:8`. */
export function readGraphql(header: string): Foreign {
  return read(header, (word) =>
    ofQuery.test(word) ? [] : keyOf(/^(post|term):(\d{1,20})$/.exec(decoded(word))),
  );
}

/** Words with spaces between them, such as `post-8 term-2 user-1 home`. */
export function readSurrogate(header: string): Foreign {
  return read(header, (word) => keyOf(/^(post|term)-(\d{1,20})$/.exec(word)));
}

/** Null of what is none of ours: lists, users and whatever else. */
function keyOf(found: RegExpExecArray | null): string[] | null {
  const [, kind = '', id] = found ?? [];
  return kinds[kind] === undefined ? null : [`${kinds[kind]}${id}`];
}

function read(header: string, keysOf: (word: string) => string[] | null): Foreign {
  const words = header.split(/\s+/).filter((word) => word !== '');
  const all = words.map(keysOf);
  const keys = [...new Set(all.flatMap((some) => some ?? []))];
  return { keys, whole: keys.length > 0 && !all.includes(null) };
}

function decoded(word: string): string {
  return /^[A-Za-z0-9+/]{8,40}={0,2}$/.test(word)
    ? atob(word.padEnd(Math.ceil(word.length / 4) * 4, '='))
    : '';
}
