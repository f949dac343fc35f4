import { contentOf, shown } from '../../origin';

export const revalidate = 86_400;
export const dynamic = 'force-static';
export const generateStaticParams = () => [{ slug: 'feed.xml' }];

/** A feed, as the build and every later visitor gets it. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const content = process.env.TEST_ORIGIN ? await contentOf(slug) : '0';
  return new Response(`<feed>${shown(content)}</feed>`, { headers: { 'content-type': 'application/xml' } });
}
