import { limits } from '@everypod/contract';

/** Every spelling under which a framework may know one page, and whether some were too long to be heard. */
export type Spellings = { spellings: string[]; tooLong: boolean };

/**
 * FACTS: call sites that answer 200 and do nothing. A page is known by one spelling, and which one depends on the
 * framework's version, on `trailingSlash` and on who wrote the link; so all of them are called.
 */
export function spellingsOf(path: string, basePath = ''): Spellings {
  const bare = withoutSlash(withoutOriginAndQuery(path));
  // A page may itself lie under a folder named like the basePath, so the path as given stays in.
  const paths = [bare, withoutBasePath(bare, basePath)];
  const all = new Set(paths.flatMap(encodings).flatMap(withAndWithoutSlash));
  const spellings = [...all].filter((spelling) => spelling.length <= limits.pathCharacters);
  return { spellings, tooLong: spellings.length < all.size };
}

function withoutOriginAndQuery(path: string): string {
  const local = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return local.startsWith('/') ? local : `/${local}`;
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

export function withoutBasePath(path: string, basePath: string): string {
  if (basePath === '' || (path !== basePath && !path.startsWith(`${basePath}/`))) return path;
  return path.slice(basePath.length) || '/';
}

function withAndWithoutSlash(path: string): string[] {
  return path === '/' ? [path] : [path, `${path}/`];
}

function encodings(path: string): string[] {
  const encoded = encodeMissing(path);
  const hex = (change: (code: string) => string) => encoded.replace(/%[0-9a-f]{2}/gi, change);
  return [path, decoded(path), hex((code) => code.toUpperCase()), hex((code) => code.toLowerCase())];
}

/** Percent-encodes what a URL cannot hold, and leaves alone what already is. */
function encodeMissing(path: string): string {
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** Decodes segment by segment: an encoded slash belongs to its segment, and stays encoded. */
function decoded(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment.replace(/%2f/gi, '%252F'));
      } catch {
        return segment;
      }
    })
    .join('/');
}
