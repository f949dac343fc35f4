import { card, first, list, whole } from './pick';
import type { Page } from './show';

const perPage = 5;
/** As who knows asks for a list; others ask for all of each post. */
const shownOfEach = 'slug,title,excerpt,date,sticky';

export const home: Page = async (read) => {
  const [sticky, posts] = [
    await read('/wp/v2/posts?sticky=true&_fields=slug,title,excerpt,date,sticky'),
    await read('/wp/v2/posts?per_page=4&sticky=false'),
  ];
  return { sticky: list(sticky)?.map(card), posts: list(posts)?.map(card) };
};

export const post: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/posts?slug=${slug}&_embed=1`));
  return found && whole(found);
};

export const posts: Page = async (read, { page }) => {
  const answer = await read(`/wp/v2/posts?per_page=${perPage}&page=${page}&_fields=${shownOfEach}`);
  const found = list(answer);
  return found && { of: answer.total, posts: found.map(card) };
};

export const archive: Page = async (read, { year, month }) => {
  const next = new Date(Date.UTC(Number(year), Number(month), 1)).toISOString().slice(0, 19);
  const from = `${year}-${month}-01T00:00:00`;
  const answer = await read(`/wp/v2/posts?after=${from}&before=${next}&_fields=slug,title,date`);
  return list(answer)?.map(card);
};

export const found: Page = async (read, { term }) => {
  const posts = await read(`/wp/v2/posts?search=${term}&_fields=slug,title,excerpt`);
  const anything = await read(`/wp/v2/search?search=${term}`);
  return {
    posts: list(posts)?.map(card),
    // biome-ignore lint/suspicious/noExplicitAny: as WordPress gives it.
    anything: list(anything)?.map(({ title, url, type }: any) => ({ title, url, type })),
  };
};

/** A post with those before, after and like it. */
export const around: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/posts?slug=${slug}&_fields=id,title`));
  if (found === null) return null;
  const neighbours = await read(`/front/v1/neighbours/${found.id}`);
  const related = await read(`/front/v1/related/${found.id}`);
  return { title: found.title.rendered, neighbours: neighbours.body, related: related.body };
};

export const comments: Page = async (read, { slug }) => {
  const found = first(await read(`/wp/v2/posts?slug=${slug}&_fields=id,title`));
  if (found === null) return null;
  const comments = await read(`/wp/v2/comments?post=${found.id}&order=asc&per_page=50`);
  return {
    title: found.title.rendered,
    // biome-ignore lint/suspicious/noExplicitAny: as WordPress gives it.
    comments: list(comments)?.map(({ id, parent, author_name, content }: any) => ({
      id,
      parent,
      by: author_name,
      text: content.rendered,
    })),
  };
};
