import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { type Author, readAuthors } from './authors';
import { type Category, readCategories } from './categories';
import { plainText } from './plain-text';
import { ask } from './request';
import { postTag, type Tag } from './tags';

/** A post or a page, with the names that it shows. */
export interface Article extends Omit<Post, 'author' | 'categories'> {
  author: Author | undefined;
  categories: Category[];
}

type Post = z.infer<typeof postShape>;
type Kind = 'posts' | 'pages';

const listFields = 'id,slug,date_gmt,modified_gmt,title,excerpt,author,categories';
const wholeFields = `${listFields},content`;

const rendered = z.object({ rendered: z.string() }).transform((field) => field.rendered);
const utc = z.string().transform((time) => new Date(`${time}Z`));

const postShape = z
  .object({
    id: z.number(),
    slug: z.string(),
    date_gmt: utc,
    modified_gmt: utc,
    title: rendered,
    excerpt: rendered.default(''),
    content: rendered.default(''),
    author: z.number(),
    categories: z.array(z.number()).default([]),
  })
  .transform(({ id, slug, date_gmt, modified_gmt, title, excerpt, content, author, categories }) => ({
    id,
    slug,
    href: `/${slug}`,
    title: plainText(title) || 'Untitled',
    excerpt: plainText(excerpt),
    html: content,
    publishedAt: date_gmt,
    modifiedAt: modified_gmt,
    author,
    categories,
  }));

const foundShape = z.array(
  z.object({ id: z.number(), author: z.number(), categories: z.array(z.number()).default([]) }),
);

/** The newest first. The tags are those of the list: WordPress sends them when something in it changes. */
export async function listArticles(query: Record<string, string>, tags: Tag[]): Promise<Article[]> {
  const asked = { per_page: String(limits.articlesPerList), _fields: listFields, ...query };
  const posts = await ask('/wp/v2/posts', z.array(postShape), { query: asked, tags });
  const names = await readNames(posts);
  return posts.map((post) => withNames(post, names));
}

/** The pages of the site ("About"), as opposed to its posts. */
export function listPages(tags: Tag[]): Promise<Post[]> {
  const query = { _fields: listFields, orderby: 'menu_order', order: 'asc' };
  return ask('/wp/v2/pages', z.array(postShape), { query, tags });
}

/** Slugs come first, because only what has an id can carry its tag; the slug itself is covered by the path. */
export const findArticle = cache(async (slug: string): Promise<Article | undefined> => {
  return (await findOfKind('posts', slug)) ?? (await findOfKind('pages', slug));
});

async function findOfKind(kind: Kind, slug: string): Promise<Article | undefined> {
  const address = { slug, _fields: 'id,author,categories' };
  const [found] = await ask(`/wp/v2/${kind}`, foundShape, { query: address });
  if (!found) return undefined;
  const whole = { query: { _fields: wholeFields }, tags: [postTag(found.id)] };
  const [post, names] = await Promise.all([
    ask(`/wp/v2/${kind}/${found.id}`, postShape, whole),
    readNames([found]),
  ]);
  return withNames(post, names);
}

export async function listSlugs(): Promise<string[]> {
  const query = { per_page: String(limits.pagesBakedAtBuild), _fields: 'slug' };
  const shape = z.array(z.object({ slug: z.string() }));
  const [posts, pages] = await Promise.all([
    ask('/wp/v2/posts', shape, { query }),
    ask('/wp/v2/pages', shape, { query }),
  ]);
  return [...posts, ...pages].map((post) => post.slug);
}

type Names = Awaited<ReturnType<typeof readNames>>;

async function readNames(posts: Pick<Post, 'author' | 'categories'>[]) {
  const [authors, categories] = await Promise.all([
    readAuthors(distinct(posts.map((post) => post.author))),
    readCategories(distinct(posts.flatMap((post) => post.categories))),
  ]);
  return { authors, categories };
}

function withNames(post: Post, names: Names): Article {
  return {
    ...post,
    author: names.authors.get(post.author),
    categories: post.categories.flatMap((id) => names.categories.get(id) ?? []),
  };
}

/** Sorted, so that the same names are the same request. Zero is WordPress's "nobody". */
function distinct(ids: number[]): number[] {
  return [...new Set(ids)].filter((id) => id > 0).sort((a, b) => a - b);
}
