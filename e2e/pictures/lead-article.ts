import type { RequestUtils } from '@wordpress/e2e-test-utils-playwright';

export type Article = { id: number; title: string; path: string };

/** The newest article, which leads the front page. */
export async function leadArticle(requests: RequestUtils): Promise<Article> {
  const [newest] = await requests.rest<Array<{ id: number; slug: string; title: { raw: string } }>>({
    path: '/wp/v2/posts',
    params: { per_page: 1, context: 'edit' },
  });
  if (newest === undefined) throw new Error('The demo should have articles.');
  return { id: newest.id, title: newest.title.raw, path: `/${newest.slug}` };
}

/** As another author would, who is not in this browser. */
export async function retitleFromElsewhere(
  requests: RequestUtils,
  { id }: Article,
  title: string,
): Promise<void> {
  await requests.rest({ method: 'POST', path: `/wp/v2/posts/${id}`, data: { title } });
}
