import { z } from 'zod';
import { authorShape } from './authors';
import { categoryShape } from './categories';
import { plainText } from './plain-text';

/** A post or a page, with the author and the categories that it shows. */
export type Article = z.infer<typeof articleShape>;

const rendered = z.object({ rendered: z.string() }).transform((field) => field.rendered);
const utc = z.string().transform((time) => new Date(`${time}Z`));

/** WordPress embeds an error in the place of an author whom it won't show. */
const embeddedAuthor = z.array(authorShape).catch([]);
/** A list per taxonomy: categories, tags, … */
const embeddedTerms = z.array(z.array(z.object({ taxonomy: z.string() }).loose()));

export const articleShape = z
  .object({
    id: z.number(),
    slug: z.string(),
    date_gmt: utc,
    modified_gmt: z.string(),
    title: rendered,
    excerpt: rendered.default(''),
    content: rendered.default(''),
    _embedded: z.object({ author: embeddedAuthor, 'wp:term': embeddedTerms.default([]) }),
  })
  .transform(({ id, slug, date_gmt, modified_gmt, title, excerpt, content, _embedded }) => ({
    id,
    /** As WordPress names it and its version. */
    post: { id, modified_gmt },
    slug,
    href: `/${slug}`,
    title: plainText(title) || 'Untitled',
    excerpt: plainText(excerpt),
    html: content,
    publishedAt: date_gmt,
    modifiedAt: new Date(`${modified_gmt}Z`),
    author: _embedded.author[0],
    categories: _embedded['wp:term']
      .flat()
      .filter(({ taxonomy }) => taxonomy === 'category')
      .map((term) => categoryShape.parse(term)),
  }));

/** What `articleShape` reads, and no more: a list leaves out the content. */
export const listFields = 'id,slug,date_gmt,modified_gmt,title,excerpt,_links,_embedded';
export const wholeFields = `${listFields},content`;
