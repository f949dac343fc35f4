import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { plainText } from './plain-text';
import { ask } from './request';

export type Author = z.infer<typeof authorShape>;

const fields = 'id,slug,name,description';

export const authorShape = z
  .object({ id: z.number(), slug: z.string(), name: z.string(), description: z.string() })
  .transform(({ id, slug, name, description }) => ({
    id,
    slug,
    href: `/author/${slug}`,
    name: plainText(name),
    description: plainText(description),
  }));

export const findAuthor = cache(async (slug: string): Promise<Author | undefined> => {
  const [author] = await ask('/wp/v2/users', z.array(authorShape), { slug, _fields: fields });
  return author;
});

export function listAuthors(): Promise<Author[]> {
  const query = { per_page: String(limits.pagesBakedAtBuild), _fields: fields };
  return ask('/wp/v2/users', z.array(authorShape), query);
}
