import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArticleList } from '@/article/ArticleList';
import { Colophon, newest } from '@/colophon/Colophon';
import { listArticles } from '@/wordpress/articles';
import { findAuthor, listAuthors } from '@/wordpress/authors';
import { slugFromAddress } from '@/wordpress/slug';
import { authorTag } from '@/wordpress/tags';

/** A day, in seconds: long, so that what freshens a page is Everypod and not its age. */
export const revalidate = 86400;

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateStaticParams() {
  return (await listAuthors()).map(({ slug }) => ({ slug: decodeURIComponent(slug) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, description } = await authorAt(params);
  return { title: name, description };
}

export default async function AuthorPage({ params }: Props) {
  const author = await authorAt(params);
  const articles = await listArticles({ author: String(author.id) }, [authorTag(author.id)]);
  return (
    <>
      <main id="content">
        <header className="list-head">
          <p className="list-kind">Author</p>
          <h1>{author.name}</h1>
          {author.description && <p>{author.description}</p>}
        </header>
        <ArticleList articles={articles} />
      </main>
      <Colophon contentFrom={newest(articles)} />
    </>
  );
}

async function authorAt(params: Props['params']) {
  const slug = slugFromAddress((await params).slug);
  return (slug !== null && (await findAuthor(slug))) || notFound();
}
