/** One for all spellings of a page, to compare by. */
export function plainSpelling(path: string): string {
  return decoded(withoutSlash(path));
}

export function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

export function withoutBasePath(path: string, basePath: string): string {
  if (basePath === '' || (path !== basePath && !path.startsWith(`${basePath}/`))) return path;
  return path.slice(basePath.length) || '/';
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
