import type { Article } from '@/wordpress/article-shape';
import { Byline } from './Byline';
import { CategoryLinks } from './CategoryLinks';
import { Cover } from './Cover';
import { withOwnLinks } from './own-links';
import './whole-article.css';

export function WholeArticle({ article, home }: { article: Article; home: string }) {
  return (
    <article className="whole-article">
      <header>
        <CategoryLinks categories={article.categories} />
        <h1 data-headline>{article.title}</h1>
        <Byline article={article} />
      </header>
      <Cover id={article.id} className="whole-article-picture" />
      <div
        className="prose"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own WordPress wrote it, and it filters what people without unfiltered_html may save
        dangerouslySetInnerHTML={{ __html: withOwnLinks(article.html, home) }}
      />
    </article>
  );
}
