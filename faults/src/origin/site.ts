/** The site that everything here is about: articles in sections, each page with its tags. */
export type Site = { pages: readonly Page[] };
export type Page = { path: string; tags: readonly string[] };

const sections = 5;

export function createSite(articles: number): Site {
  const pages = Array.from({ length: articles }, (_, index) => ({
    path: `/a/${index}`,
    tags: [articleTag(index), sectionTag(index % sections)],
  }));
  return { pages };
}

/** Takes as long to render as any page may. */
export const slowPage = '/a/0';
export const articlePattern = '/a/[id]';
export const articleTag = (article: number) => `article:${article}`;
export const sectionTag = (section: number) => `section:${section}`;
export const sectionCount = sections;
