import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { plainText } from './plain-text';
import { ask } from './request';
import { type Tag, termTag } from './tags';

export type Category = z.infer<typeof categoryShape>;

const fields = 'id,slug,name,description,count';

const categoryShape = z
  .object({
    id: z.number(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    count: z.number(),
  })
  .transform(({ id, slug, name, description, count }) => ({
    id,
    slug,
    href: `/category/${slug}`,
    name: plainText(name),
    description: plainText(description),
    count,
  }));

export async function readCategories(ids: number[]): Promise<Map<number, Category>> {
  if (ids.length === 0) return new Map();
  const query = { include: ids.join(), per_page: String(ids.length), _fields: fields };
  const categories = await ask('/wp/v2/categories', z.array(categoryShape), {
    query,
    tags: ids.map(termTag),
  });
  return new Map(categories.map((category) => [category.id, category]));
}

export const findCategory = cache(async (slug: string): Promise<Category | undefined> => {
  const query = { slug, _fields: fields };
  const [category] = await ask('/wp/v2/categories', z.array(categoryShape), { query });
  return category;
});

/** The categories that have articles, the fullest first. */
export function listCategories(tags: Tag[] = []): Promise<Category[]> {
  const query = {
    hide_empty: 'true',
    orderby: 'count',
    order: 'desc',
    per_page: String(limits.pagesBakedAtBuild),
    _fields: fields,
  };
  return ask('/wp/v2/categories', z.array(categoryShape), { query, tags });
}
