import { limits } from '../../limits.ts';

/** Something per page, for the pages asked about last; the oldest is forgotten, so that memory stays bounded. */
export function createPageMemory<Kept>(start: (page: string) => Kept): {
  of(page: string): Kept;
  peek(page: string): Kept | undefined;
} {
  const pages = new Map<string, Kept>();
  return {
    of(page) {
      const kept = pages.get(page) ?? start(page);
      pages.delete(page);
      pages.set(page, kept);
      const [oldest] = pages.keys();
      if (pages.size > limits.wallPagesRemembered && oldest !== undefined) pages.delete(oldest);
      return kept;
    },
    peek: (page) => pages.get(page),
  };
}
