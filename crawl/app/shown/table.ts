import { book, books, gallery, page, picture, pictures } from './others';
import { archive, around, comments, found, home, post, posts } from './posts';
import type { Page, Params } from './show';
import { ofSite } from './site';
import { genre, label, person, topic } from './terms';

/** Each page by its first segment, with the names of those behind; `…` takes all that is left. */
const table: Record<string, { names: string[]; page: Page }> = {
  '': { names: [], page: home },
  posts: { names: ['slug'], page: post },
  list: { names: ['page'], page: posts },
  archive: { names: ['year', 'month'], page: archive },
  found: { names: ['term'], page: found },
  around: { names: ['slug'], page: around },
  comments: { names: ['slug'], page: comments },
  pages: { names: ['…path'], page },
  books: { names: [], page: books },
  book: { names: ['slug'], page: book },
  pictures: { names: [], page: pictures },
  picture: { names: ['slug'], page: picture },
  gallery: { names: ['slug'], page: gallery },
  topics: { names: ['slug', 'page'], page: topic },
  labels: { names: ['slug'], page: label },
  genres: { names: ['slug'], page: genre },
  people: { names: ['slug'], page: person },
  site: { names: ['part'], page: ofSite },
};

/** @param path without a slash at its start; `home` stands for the empty one */
export function pageAt([head = '', ...rest]: string[]): { page: Page; params: Params } {
  const entry = table[head === 'home' ? '' : head];
  if (entry === undefined) throw new Error(`No page begins with ${head}.`);
  const params: Params = {};
  entry.names.forEach((name, at) => {
    if (name.startsWith('…')) params[name.slice(1)] = rest.slice(at);
    else params[name] = rest[at] ?? '';
  });
  return { page: entry.page, params };
}
