/** One for all spellings of a page, to compare by. */
export function plainSpelling(path: string): string {
  return decoded(withoutSlash(path));
}

export function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

/** Decodes segment by segment: an encoded slash belongs to its segment, and stays encoded. */
export function decoded(path: string): string {
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
