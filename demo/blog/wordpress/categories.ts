import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { plainText } from './plain-text';
import { ask } from './request';

export type Category = z.infer<typeof categoryShape>;

const fields = 'id,slug,name,description';

export const categoryShape = z
  .object({ id: z.number(), slug: z.string(), name: z.string(), description: z.string().default('') })
  .transform(({ id, slug, name, description }) => ({
    id,
    slug,
    href: `/category/${slug}`,
    name: plainText(name),
    description: plainText(description),
  }));

export const findCategory = cache(async (slug: string): Promise<Category | undefined> => {
  const query = { slug, _fields: fields };
  const [category] = await ask('/wp/v2/categories', z.array(categoryShape), query);
  return category;
});

/** The categories that have articles. */
export function listCategories(): Promise<Category[]> {
  const query = { hide_empty: 'true', per_page: String(limits.pagesBakedAtBuild), _fields: fields };
  return ask('/wp/v2/categories', z.array(categoryShape), query);
}
