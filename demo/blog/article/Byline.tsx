import type { Article } from '@/wordpress/article-shape';

export function Byline({ article }: { article: Article }) {
  return (
    <p className="byline">
      {article.author && (
        <>
          By <a href={article.author.href}>{article.author.name}</a>
          <span aria-hidden="true"> · </span>
        </>
      )}
      <time dateTime={article.publishedAt.toISOString()}>
        {article.publishedAt.toLocaleDateString('en-GB', {
          timeZone: 'UTC',
          day: 'numeric',
          month: 'long',
          year: 'numeric',
        })}
      </time>
    </p>
  );
}
