import { randomUUID } from 'node:crypto';
import type { Addresses } from '../system/addresses.ts';
import { signIn } from '../wordpress/sign-in.ts';
import { limits } from './limits.ts';

export type Article = { kind: 'posts' | 'pages'; id: number; slug: string; title: string };

type Made = { id: number };
type Found = { id: number; slug: string; title: { rendered: string } }[];

/** WordPress, as its editors use it. */
export async function openContent({ wordpress }: Addresses) {
  const { cookie, nonce } = await signIn(wordpress, limits.callMs);
  const rest = async (path: string, data?: object): Promise<unknown> => {
    const answer = await fetch(`${wordpress.url}/wp-json/wp/v2/${path}`, {
      headers: { cookie, 'x-wp-nonce': nonce, 'content-type': 'application/json' },
      ...(data !== undefined && { method: 'POST', body: JSON.stringify(data) }),
      signal: AbortSignal.timeout(limits.callMs),
    });
    if (!answer.ok) throw new Error(`WordPress answered ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const list = async (kind: Article['kind']): Promise<Article[]> =>
    ((await rest(`${kind}?per_page=100`)) as Found).map(({ id, slug, title }) => ({
      ...{ kind, id, slug },
      title: title.rendered,
    }));
  const change = ({ kind, id }: Article, data: object) => rest(`${kind}/${id}`, data);
  /** With an author and a category of its own, so that few other pages show it. */
  const publish = async (title: string): Promise<Article> => {
    const [username, email] = ['one-tide', 'one-tide@example.org'];
    const category = (await rest('categories', { name: `Only ${title}` })) as Made;
    const author = (await rest('users', {
      username,
      email,
      password: randomUUID(),
      roles: ['author'],
    })) as Made;
    const fields = { title, content: 'For a short while.', status: 'publish', author: author.id };
    const { id, slug } = (await rest('posts', { ...fields, categories: [category.id] })) as {
      id: number;
      slug: string;
    };
    return { kind: 'posts', id, slug, title };
  };
  return {
    publish,
    all: async () => [...(await list('posts')), ...(await list('pages'))],
    retitle: (article: Article, title: string) => change(article, { title }),
    takeBack: (article: Article) => change(article, { status: 'draft' }),
  };
}

export type Content = Awaited<ReturnType<typeof openContent>>;
