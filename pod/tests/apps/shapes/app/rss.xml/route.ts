import { contentNow } from '../content';

export const revalidate = 86_400;
export const dynamic = 'force-static';

export async function GET() {
  const feed = `<rss version="2.0"><channel><title>rendered:${await contentNow('rss')}</title></channel></rss>`;
  return new Response(feed, { headers: { 'content-type': 'application/rss+xml' } });
}
