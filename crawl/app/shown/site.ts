import type { Page } from './show';

/** What shows one answer as it is, by the page's name. */
const routes: Record<string, string> = {
  menu: '/front/v1/menu/top',
  'bottom-menu': '/front/v1/menu/bottom',
  sidebar: '/front/v1/sidebar',
  options: '/front/v1/options',
  look: '/front/v1/look',
  header: '/front/v1/part/header',
  template: '/front/v1/template/single',
  dates: '/front/v1/dates',
  cloud: '/front/v1/cloud',
  sections: '/front/v1/sections',
  shelves: '/front/v1/shelves',
  people: '/front/v1/people',
  archives: '/front/v1/archives',
  latest: '/front/v1/latest',
  feed: '/front/v1/feed',
  sitemap: '/front/v1/sitemap',
  testimonials: '/front/v1/testimonials',
  talk: '/front/v1/talk',
  'talked-about': '/front/v1/talked-about',
  cheapest: '/front/v1/cheapest',
  navigation: '/wp/v2/navigation?_fields=slug,title,content',
  stickies: '/wp/v2/posts?sticky=true&_fields=slug,title',
  topics: '/wp/v2/categories?_fields=name,slug,parent',
  'topics-with-posts': '/wp/v2/categories?hide_empty=true&_fields=name,slug,count',
  labels: '/wp/v2/tags?_fields=name,count',
  authors: '/wp/v2/users?_fields=name,slug,description',
  'by-title': '/wp/v2/posts?orderby=title&order=asc&per_page=3&_fields=slug,title',
  'last-changed': '/wp/v2/posts?orderby=modified&per_page=3&_fields=slug,modified',
  settings: '/?_fields=name,description,gmt_offset,timezone_string,site_logo,site_icon',
  'last-comments': '/wp/v2/comments?per_page=3&_fields=author_name,content,post',
  genres: '/wp/v2/genres?_fields=name,slug,count',
};

export const ofSite: Page = async (read, { part }) => {
  const route = routes[String(part)];
  if (route === undefined) return null;
  const { status, body } = await read(route);
  return { status, body };
};
