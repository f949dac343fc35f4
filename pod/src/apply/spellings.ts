import { limits } from '@everypod/contract';
import { decoded, withoutBasePath, withoutSlash } from './plain-spelling.ts';

/** Every spelling under which a framework may know one page, and whether some were too long to be heard. */
export type Spellings = { spellings: string[]; tooLong: boolean };

/**
 * A page is known by one spelling, and a call by another answers 200 and does nothing (docs/facts.md). Which one depends
 * on the framework's version, on `trailingSlash` and on who wrote the link; so all of them are called.
 */
export function spellingsOf(path: string, basePath = ''): Spellings {
  const bare = withoutSlash(withoutOriginAndQuery(path));
  // A page may itself lie under a folder named like the basePath, so the path as given stays in.
  const paths = [bare, withoutBasePath(bare, basePath)];
  const all = new Set(paths.flatMap(encodings).flatMap(upToComma).flatMap(withAndWithoutSlash));
  const spellings = [...all].filter((spelling) => spelling.length <= limits.pathCharacters);
  return { spellings, tooLong: spellings.length < all.size };
}

function withoutOriginAndQuery(path: string): string {
  const local = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return local.startsWith('/') ? local : `/${local}`;
}

function withAndWithoutSlash(path: string): string[] {
  return path === '/' ? [path] : [path, `${path}/`];
}

/** Next.js keeps the names of a page joined by commas, and so knows a path with one by its beginning. */
function upToComma(path: string): string[] {
  return path.includes(',') ? [path, path.slice(0, path.indexOf(','))] : [path];
}

function encodings(path: string): string[] {
  const plain = decoded(path);
  // WordPress leaves alone what a URL can hold; Next.js may encode each segment as a component: `,` as `%2C`.
  const encoded = [encodeMissing(path), plain.split('/').map(encodeSegment).join('/')];
  return [
    path,
    plain,
    ...encoded.flatMap((one) => [withHex(one, 'toUpperCase'), withHex(one, 'toLowerCase')]),
  ];
}

function withHex(path: string, change: 'toUpperCase' | 'toLowerCase'): string {
  return path.replace(/%[0-9a-f]{2}/gi, (code) => code[change]());
}

/** Percent-encodes what some URL parser would, and leaves alone what already is. */
function encodeMissing(path: string): string {
  const encode = (text: string) => (text === "'" ? '%27' : encodeURIComponent(text));
  return path.toWellFormed().replace(/[^\x21-\x7e]+|["'<>\\^`{|}]/g, encode);
}

/** Encodes a decoded segment as a component; an encoded slash in it is one already. */
function encodeSegment(segment: string): string {
  return segment
    .toWellFormed()
    .split(/(%2f)/i)
    .map((part, i) => (i % 2 ? part : encodeURIComponent(part)))
    .join('');
}
