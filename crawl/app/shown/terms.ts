import { card, first, list } from './pick';
import type { Page } from './show';

const perPage = 3;
// biome-ignore lint/suspicious/noExplicitAny: as WordPress gives it.
const shown = ({ name, slug, description, meta }: any) => ({ name, slug, description, meta });

/** A category by its slug, those above and below it, and a page of its posts. */
export const topic: Page = async (read, { slug, page }) => {
  const term = first(await read(`/wp/v2/categories?slug=${slug}`));
  if (term === null) return null;
  const below = await read(`/wp/v2/categories?parent=${term.id}&_fields=name,slug`);
  const above = term.parent ? await read(`/wp/v2/categories/${term.parent}?_fields=name,slug`) : null;
  const answer = await read(`/wp/v2/posts?categories=${term.id}&per_page=${perPage}&page=${page}`);
  const posts = list(answer);
  if (posts === null) return null;
  return {
    ...shown(term),
    above: above?.body,
    below: below.body,
    of: answer.total,
    posts: posts.map(card),
  };
};

export const label: Page = async (read, { slug }) => {
  const term = first(await read(`/wp/v2/tags?slug=${slug}`));
  if (term === null) return null;
  const posts = await read(`/wp/v2/posts?tags=${term.id}&_fields=slug,title`);
  return { ...shown(term), count: term.count, posts: list(posts)?.map(card) };
};

export const genre: Page = async (read, { slug }) => {
  const term = first(await read(`/wp/v2/genres?slug=${slug}`));
  if (term === null) return null;
  const books = await read(`/wp/v2/books?genres=${term.id}&_fields=slug,title`);
  return { ...shown(term), books: list(books)?.map(card) };
};

export const person: Page = async (read, { slug }) => {
  const user = first(await read(`/wp/v2/users?slug=${slug}`));
  if (user === null) return null;
  const posts = await read(`/wp/v2/posts?author=${user.id}&_fields=slug,title,date`);
  const more = await read(`/front/v1/person/${slug}`);
  return { name: user.name, about: user.description, more: more.body, posts: list(posts)?.map(card) };
};
