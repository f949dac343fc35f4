import type { Article } from '@/wordpress/article-shape';
import { Byline } from './Byline';
import { CategoryLinks } from './CategoryLinks';
import { Cover } from './Cover';

/** Plain links everywhere: each click asks a pod, where Next.js's Link would show a copy from the browser. */
export function ArticleCard({ article, lead = false }: { article: Article; lead?: boolean }) {
  return (
    <article className={lead ? 'card card-lead' : 'card'}>
      <Cover id={article.id} className="card-picture" />
      <div className="card-text">
        <CategoryLinks categories={article.categories} />
        <h2 data-headline>
          <a className="card-link" href={article.href}>
            {article.title}
          </a>
        </h2>
        {article.excerpt && <p className="card-excerpt">{article.excerpt}</p>}
        <Byline article={article} />
      </div>
    </article>
  );
}
