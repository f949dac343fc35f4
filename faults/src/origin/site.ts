/** The site that everything here is about: articles in sections, each page with its tags, and what is no page. */
export type Site = { pages: readonly Page[]; states: readonly State[] };
export type Page = { path: string; tags: readonly string[] };
/** In-memory state of every pod, such as feature flags: read by its path, and told of by its topic. */
export type State = { path: string; topic: string };

const sections = 5;
const topics = 4;

export function createSite(articles: number): Site {
  const pages = Array.from({ length: articles }, (_, index) => ({
    path: `/a/${index}`,
    tags: [articleTag(index), sectionTag(index % sections)],
  }));
  const states = Array.from({ length: topics }, (_, index) => ({
    path: `/state/${index}`,
    topic: `flags:${index}`,
  }));
  return { pages, states };
}

/** Takes as long to render as any page may. */
export const slowPage = '/a/0';
export const articlePattern = '/a/[id]';
export const articleTag = (article: number) => `article:${article}`;
export const sectionTag = (section: number) => `section:${section}`;
export const sectionCount = sections;
