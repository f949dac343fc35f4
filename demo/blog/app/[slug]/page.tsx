import { Freshness } from 'everypod/freshness';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WholeArticle } from '@/article/WholeArticle';
import { Colophon } from '@/colophon/Colophon';
import { findArticle, listSlugs } from '@/wordpress/articles';
import { readSite } from '@/wordpress/site';
import { slugFromAddress } from '@/wordpress/slug';

/** A day, in seconds: long, so that what freshens a page is Everypod and not its age. */
export const revalidate = 86400;

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateStaticParams() {
  return (await listSlugs()).map((slug) => ({ slug: decodeURIComponent(slug) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, excerpt } = await articleAt(params);
  return { title, description: excerpt };
}

export default async function ArticlePage({ params }: Props) {
  const [article, site] = await Promise.all([articleAt(params), readSite()]);
  return (
    <>
      <Freshness post={article.post} />
      <main id="content">
        <WholeArticle article={article} home={site.home} />
      </main>
      <Colophon contentFrom={article.modifiedAt} />
    </>
  );
}

async function articleAt(params: Props['params']) {
  const slug = slugFromAddress((await params).slug);
  return (slug !== null && (await findArticle(slug))) || notFound();
}
