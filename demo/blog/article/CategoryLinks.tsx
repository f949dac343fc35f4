import type { Category } from '@/wordpress/categories';

export function CategoryLinks({ categories }: { categories: Category[] }) {
  if (categories.length === 0) return null;
  return (
    <ul className="category-links" aria-label="Categories">
      {categories.map((category) => (
        <li key={category.id}>
          <a href={category.href}>{category.name}</a>
        </li>
      ))}
    </ul>
  );
}
