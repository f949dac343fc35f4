import { contentOf, shown, work } from '../../origin';

export const dynamic = 'force-static';
export const revalidate = 86_400;
export const generateStaticParams = () => [];

export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  const content = await contentOf((await params).slug);
  await work();
  return new Response(shown(content));
}
