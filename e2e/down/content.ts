import { randomUUID } from 'node:crypto';
import type { Addresses } from '../system/addresses.ts';
import { limits } from './limits.ts';

export type Article = { kind: 'posts' | 'pages'; id: number; slug: string; title: string };

type Made = { id: number };
type Found = { id: number; slug: string; title: { rendered: string } }[];

/** WordPress, as its editors use it. */
export async function openContent({ wordpress }: Addresses) {
  const { cookie, nonce } = await signIn(wordpress);
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

async function signIn({ url, user, password }: Addresses['wordpress']) {
  const signedIn = await fetch(`${url}/wp-login.php`, {
    method: 'POST',
    headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
    body: new URLSearchParams({ log: user, pwd: password, testcookie: '1' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(limits.callMs),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await fetch(`${url}/wp-admin/admin-ajax.php?action=rest-nonce`, {
    headers: { cookie },
    signal: AbortSignal.timeout(limits.callMs),
  });
  if (!answer.ok) throw new Error(`WordPress let nobody in: it answered ${answer.status}.`);
  return { cookie, nonce: await answer.text() };
}
