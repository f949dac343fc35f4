import { cacheLife, cacheTag } from 'next/cache';
import { contentOf, shown, work } from './origin';

export async function Kept({ slug, tags }: { slug: string; tags: string[] }) {
  'use cache';
  cacheLife('max');
  cacheTag(...tags);
  const content = await contentOf(slug);
  await work();
  return <output>{shown(content)}</output>;
}
