import type { RequestUtils } from '@wordpress/e2e-test-utils-playwright';

export interface Term {
  id: number;
  name: string;
  slug: string;
}

export interface Post {
  id: number;
  title: string;
  slug: string;
  path: string;
}

/** Names no title, so that a title is found only where a page shows it. */
export const paragraph = 'Seen from the pier, and written down at once.';

let made = 0;

/** A title that no other scenario uses, and that no other contains. */
export function newTitle(words: string): string {
  made += 1;
  return `${words} ${Date.now().toString(36)}x${made}x`;
}

/** Content through WordPress' own REST API, as the administrator. */
export function createPosts(requests: RequestUtils) {
  async function publish(kind: 'posts' | 'pages', words: string, fields: object): Promise<Post> {
    const title = newTitle(words);
    const { id, slug } = await requests.rest<{ id: number; slug: string }>({
      method: 'POST',
      path: `/wp/v2/${kind}`,
      data: { title, content: paragraph, status: 'publish', ...fields },
    });
    return { id, title, slug, path: `/${slug}` };
  }

  return {
    publish: (words: string, fields: { categories?: number[]; author?: number } = {}) =>
      publish('posts', words, fields),
    /** Makes a draft of it again. */
    async takeBack(id: number): Promise<void> {
      await requests.rest({ method: 'POST', path: `/wp/v2/posts/${id}`, data: { status: 'draft' } });
    },
    /** A page beneath another one. */
    async publishSubpage(words: string): Promise<Post> {
      const above = await publish('pages', 'The page above', {});
      const page = await publish('pages', words, { parent: above.id });
      return { ...page, path: `${above.path}${page.path}` };
    },
    /** Two categories that have articles. */
    async twoCategories(): Promise<[Term, Term]> {
      const terms = await requests.rest<Term[]>({
        path: '/wp/v2/categories',
        params: { hide_empty: true, orderby: 'count', order: 'desc' },
      });
      return firstTwo(terms);
    },
    /** Two authors who have published. */
    async twoAuthors(): Promise<[Term, Term]> {
      const users = await requests.rest<Term[]>({
        path: '/wp/v2/users',
        params: { has_published_posts: 'post' },
      });
      return firstTwo(users.filter(({ slug }) => slug !== 'admin'));
    },
  };
}

export type Posts = ReturnType<typeof createPosts>;

function firstTwo<T>([first, second]: T[]): [T, T] {
  if (first === undefined || second === undefined) throw new Error('The demo should have two of these.');
  return [first, second];
}
