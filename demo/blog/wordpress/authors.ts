import { cache } from 'react';
import { z } from 'zod';
import { limits } from '@/limits';
import { plainText } from './plain-text';
import { ask } from './request';
import { authorTag } from './tags';

export type Author = z.infer<typeof authorShape>;

const fields = 'id,slug,name,description';

const authorShape = z
  .object({ id: z.number(), slug: z.string(), name: z.string(), description: z.string() })
  .transform(({ id, slug, name, description }) => ({
    id,
    slug,
    href: `/author/${slug}`,
    name: plainText(name),
    description: plainText(description),
  }));

export async function readAuthors(ids: number[]): Promise<Map<number, Author>> {
  if (ids.length === 0) return new Map();
  const query = { include: ids.join(), per_page: String(ids.length), _fields: fields };
  const authors = await ask('/wp/v2/users', z.array(authorShape), { query, tags: ids.map(authorTag) });
  return new Map(authors.map((author) => [author.id, author]));
}

export const findAuthor = cache(async (slug: string): Promise<Author | undefined> => {
  const [author] = await ask('/wp/v2/users', z.array(authorShape), { query: { slug, _fields: fields } });
  return author;
});

export function listAuthors(): Promise<Author[]> {
  const query = { per_page: String(limits.pagesBakedAtBuild), _fields: fields };
  return ask('/wp/v2/users', z.array(authorShape), { query });
}
