import { RequestUtils } from '@wordpress/e2e-test-utils-playwright';
import type { Addresses } from '../system/addresses.ts';

export type Article = { kind: 'posts' | 'pages'; id: number; slug: string; title: string };

/** WordPress, as its editors use it. */
export async function openContent({ wordpress }: Addresses, signInFile: string) {
  const { user: username, password } = wordpress;
  const requests = await RequestUtils.setup({
    baseURL: wordpress.url,
    storageStatePath: signInFile,
    user: { username, password },
  });
  await requests.setupRest();

  const list = async (kind: Article['kind']): Promise<Article[]> => {
    const found = await requests.rest<{ id: number; slug: string; title: { rendered: string } }[]>({
      path: `/wp/v2/${kind}`,
      params: { per_page: 100 },
    });
    return found.map(({ id, slug, title }) => ({ kind, id, slug, title: title.rendered }));
  };
  const change = ({ kind, id }: Article, data: object) =>
    requests.rest({ method: 'POST', path: `/wp/v2/${kind}/${id}`, data });
  return {
    all: async () => [...(await list('posts')), ...(await list('pages'))],
    retitle: (article: Article, title: string) => change(article, { title }),
    takeBack: (article: Article) => change(article, { status: 'draft' }),
  };
}

export type Content = Awaited<ReturnType<typeof openContent>>;
