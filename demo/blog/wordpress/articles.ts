import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { type Article, articleShape, listFields, wholeFields } from './article-shape';
import { tagPage } from './page-tags';
import { plainText } from './plain-text';
import { ask } from './request';
import { authorTag, postTag, type Tag, termTag } from './tags';

const articles = z.array(articleShape);
const embed = { _embed: 'author,wp:term' };

/** The newest first. The tags are those of the list: WordPress sends them when something in it changes. */
export async function listArticles(query: Record<string, string>, listTags: Tag[]): Promise<Article[]> {
  const perPage = String(limits.articlesPerList);
  const list = await ask('/wp/v2/posts', articles, {
    per_page: perPage,
    _fields: listFields,
    ...embed,
    ...query,
  });
  await tagPage([...listTags, ...list.flatMap(nameTags)]);
  return list;
}

/** The post or page with that slug. The address itself needs no tag: WordPress sends it as a path. */
export const findArticle = cache(async (slug: string): Promise<Article | undefined> => {
  const query = { slug, _fields: wholeFields, ...embed };
  const [post] = await ask('/wp/v2/posts', articles, query);
  const [article] = post ? [post] : await ask('/wp/v2/pages', articles, query);
  if (article) await tagPage([postTag(article.id), ...nameTags(article)]);
  return article;
});

const linkShape = z.object({ slug: z.string(), title: z.object({ rendered: z.string() }) });

/** The pages of the site ("About"), as opposed to its posts. */
export async function listPages(): Promise<{ href: string; name: string }[]> {
  const query = { orderby: 'menu_order', order: 'asc', _fields: 'slug,title' };
  const pages = await ask('/wp/v2/pages', z.array(linkShape), query);
  return pages.map(({ slug, title }) => ({ href: `/${slug}`, name: plainText(title.rendered) }));
}

/** For the pages that are baked at build. */
export async function listSlugs(): Promise<string[]> {
  const query = { per_page: String(limits.pagesBakedAtBuild), _fields: 'slug' };
  const slugs = z.array(z.object({ slug: z.string() }));
  const [posts, pages] = await Promise.all([
    ask('/wp/v2/posts', slugs, query),
    ask('/wp/v2/pages', slugs, query),
  ]);
  return [...posts, ...pages].map(({ slug }) => slug);
}

/** An article shows the names of others, and names change too. */
function nameTags({ author, categories }: Article): Tag[] {
  const terms = categories.map(({ id }) => termTag(id));
  return author ? [authorTag(author.id), ...terms] : terms;
}
