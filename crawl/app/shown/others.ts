import { card, first, list, whole } from './pick';
import type { Page } from './show';

export const page: Page = async (read, { path }) => {
  const { status, body } = await read(`/front/v1/page?path=${[path].flat().join('/')}`);
  if (status !== 200) return null;
  const below = await read(`/front/v1/pages-below/${body.id}`);
  return { ...body, below: below.body };
};

export const books: Page = async (read) => {
  const answer = await read('/wp/v2/books?orderby=title&order=asc&per_page=20');
  return { of: answer.total, books: list(answer)?.map(card) };
};

export const book: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/books?slug=${slug}&_embed=1`));
  return found && whole(found);
};

export const pictures: Page = async (read) => {
  const answer = await read('/wp/v2/media?per_page=20&_fields=slug,source_url,alt_text');
  return list(answer);
};

export const picture: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/media?slug=${slug}`));
  return found && { alt: found.alt_text, url: found.source_url, caption: found.caption.rendered };
};

/** The pictures that were added to a post. */
export const gallery: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/posts?slug=${slug}&_fields=id`));
  return found && (await read(`/front/v1/gallery/${found.id}`)).body;
};
