import { unstable_cache } from 'next/cache';
import { contentOf, shown, work } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const read = unstable_cache(() => contentOf(slug), [slug], { tags: [`item:${slug}`] });
  const content = await read();
  await work();
  return <output>{shown(content)}</output>;
}
