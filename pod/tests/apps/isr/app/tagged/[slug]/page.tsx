import { unstable_cache } from 'next/cache';

export const revalidate = 86_400;
export const generateStaticParams = () => [{ slug: 'b' }];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const load = unstable_cache(async () => Date.now(), [slug], { tags: [`item:${decodeURIComponent(slug)}`] });
  return <output>{`rendered:${await load()}`}</output>;
}
