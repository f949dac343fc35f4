import type { MetadataRoute } from 'next';
import { contentNow } from './content';

export const revalidate = 86_400;
export const dynamic = 'force-static';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  return [{ url: `https://www.example.com/?rendered:${await contentNow('sitemap')}` }];
}
