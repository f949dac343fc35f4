import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArticleList } from '@/article/ArticleList';
import { Colophon, newest } from '@/colophon/Colophon';
import { listArticles } from '@/wordpress/articles';
import { findCategory, listCategories } from '@/wordpress/categories';
import { slugFromAddress } from '@/wordpress/slug';
import { termTag } from '@/wordpress/tags';

/** A day, in seconds: long, so that what freshens a page is Everypod and not its age. */
export const revalidate = 86400;

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateStaticParams() {
  return (await listCategories()).map(({ slug }) => ({ slug: decodeURIComponent(slug) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, description } = await categoryAt(params);
  return { title: name, description };
}

export default async function CategoryPage({ params }: Props) {
  const category = await categoryAt(params);
  const articles = await listArticles({ categories: String(category.id) }, [termTag(category.id)]);
  return (
    <>
      <main id="content">
        <header className="list-head">
          <p className="list-kind">Section</p>
          <h1>{category.name}</h1>
          {category.description && <p>{category.description}</p>}
        </header>
        <ArticleList articles={articles} />
      </main>
      <Colophon contentFrom={newest(articles)} />
    </>
  );
}

async function categoryAt(params: Props['params']) {
  const slug = slugFromAddress((await params).slug);
  return (slug !== null && (await findCategory(slug))) || notFound();
}
