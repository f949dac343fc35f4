import type { Article } from '@/wordpress/article-shape';
import { ArticleCard } from './ArticleCard';
import './article-list.css';

export function ArticleList({ articles, withLead = false }: { articles: Article[]; withLead?: boolean }) {
  if (articles.length === 0) return <p>Nothing has been published here yet.</p>;
  return (
    <div className="article-list">
      {articles.map((article, index) => (
        <ArticleCard key={article.id} article={article} lead={withLead && index === 0} />
      ))}
    </div>
  );
}
