import { cacheLife } from 'next/cache';
import { contentAtBuild } from '../../content-at-build';
import { contentOf, shown } from '../../origin';

const ids: Record<string, number> = { one: 501, two: 502 };

export const generateStaticParams = () => Object.keys(ids).map((slug) => ({ slug }));

async function Made({ slug }: { slug: string }) {
  'use cache';
  cacheLife('max');
  const isBuild = process.env.NEXT_PHASE === 'phase-production-build';
  const content = isBuild ? await contentAtBuild(`p${ids[slug]}`) : await contentOf(slug);
  return <output>{shown(content)}</output>;
}

/** Made by `next build`, of what a function keeps that says which post it has read. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return <Made slug={(await params).slug} />;
}
