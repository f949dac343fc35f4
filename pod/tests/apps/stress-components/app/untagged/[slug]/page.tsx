import { cacheLife } from 'next/cache';
import { contentOf, shown, work } from '../../content';

// One must be named, and nobody asks for it.
export const generateStaticParams = () => [{ slug: 'built' }];

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return slug === 'built' ? null : <Kept slug={slug} />;
}

async function Kept({ slug }: { slug: string }) {
  'use cache';
  cacheLife('max');
  const content = await contentOf(slug);
  await work();
  return <output>{shown(content)}</output>;
}
