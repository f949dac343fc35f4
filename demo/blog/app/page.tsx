import { ArticleList } from '@/article/ArticleList';
import { Colophon, newest } from '@/colophon/Colophon';
import { listArticles, listPages } from '@/wordpress/articles';
import type { Tag } from '@/wordpress/tags';

/** A day, in seconds: long, so that what freshens a page is Everypod and not its age. */
export const revalidate = 86400;

const tags: Tag[] = ['wp:front-page', 'wp:posts-page', 'wp:archive:post'];

export default async function FrontPage() {
  const [articles, pages] = await Promise.all([listArticles({}, tags), listPages()]);
  const categories = distinct(articles.flatMap((article) => article.categories));
  const authors = distinct(articles.flatMap(({ author }) => author ?? []));
  return (
    <>
      <main id="content">
        <h1 className="visually-hidden">Latest articles</h1>
        <ArticleList articles={articles} withLead />
        <div className="directory">
          <Directory title="Sections" entries={categories} />
          <Directory title="Authors" entries={authors} />
          <Directory title="Pages" entries={pages} />
        </div>
      </main>
      <Colophon contentFrom={newest(articles)} />
    </>
  );
}

interface Entry {
  href: string;
  name: string;
}

function distinct(entries: Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.href, entry])).values()];
}

function Directory({ title, entries }: { title: string; entries: Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <nav aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {entries.map(({ href, name }) => (
          <li key={href}>
            <a href={href}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
