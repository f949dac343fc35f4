import { ArticleList } from '@/article/ArticleList';
import { Colophon, newest } from '@/colophon/Colophon';
import { listArticles, listPages } from '@/wordpress/articles';
import { listCategories } from '@/wordpress/categories';
import type { Tag } from '@/wordpress/tags';

/** A day, in seconds: long, so that what freshens a page is Everypod and not its age. */
export const revalidate = 86400;

const tags: Tag[] = ['wp:front-page', 'wp:posts-page', 'wp:archive:post'];

export default async function FrontPage() {
  const [articles, categories, pages] = await Promise.all([
    listArticles({}, tags),
    listCategories(tags),
    listPages(tags),
  ]);
  return (
    <>
      <main id="content">
        <h1 className="visually-hidden">Latest articles</h1>
        <ArticleList articles={articles} withLead />
        <div className="directory">
          <Directory
            title="Sections"
            entries={categories.map(({ href, name, count }) => ({ href, name: `${name} (${count})` }))}
          />
          <Directory title="Pages" entries={pages.map(({ href, title }) => ({ href, name: title }))} />
        </div>
      </main>
      <Colophon contentFrom={newest([...articles, ...pages])} />
    </>
  );
}

function Directory({ title, entries }: { title: string; entries: { href: string; name: string }[] }) {
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
