import type { Delivery, PostDelivery } from '../../wp-plugin/src/rest/shapes.ts';
import type { Addresses } from '../system/addresses.ts';
import { signIn } from '../wordpress/sign-in.ts';
import { limits } from './limits.ts';

/** One answer of WordPress: which of its pages or routes, and how long it took, to its last byte. */
export type Answered = { what: string; ms: number };

type Request = { headers?: Record<string, string>; body?: BodyInit };

/** WordPress, as the browser of its administrator asks it. */
export async function openWordPress({ wordpress }: Addresses) {
  const { cookie, nonce } = await signIn(wordpress, limits.callMs);
  const answers: Answered[] = [];

  const call = async (what: string, path: string, { headers, body }: Request = {}): Promise<string> => {
    const beganAtMs = performance.now();
    const answer = await fetch(`${wordpress.url}${path}`, {
      headers: { cookie, ...headers },
      ...(body !== undefined && { method: 'POST', body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.callMs),
    });
    const text = await answer.text();
    answers.push({ what, ms: performance.now() - beganAtMs });
    if (answer.status >= 400) throw new Error(`WordPress answered ${answer.status} to ${path}: ${text}`);
    return text;
  };
  const rest = async <Told>(what: string, path: string, data?: object, headers = {}): Promise<Told> => {
    const body = data === undefined ? {} : { body: JSON.stringify(data) };
    const json = { 'x-wp-nonce': nonce, 'content-type': 'application/json', ...headers };
    return JSON.parse(await call(what, `/wp-json${path}`, { headers: json, ...body })) as Told;
  };
  const ofPost = async (id: number): Promise<Delivery | null> =>
    (await rest<PostDelivery>('panel', `/everypod/v1/posts/${id}/delivery`)).delivery;

  return {
    /** All since the start. */
    answers,
    call,
    rest,
    async latest(): Promise<{ id: number; slug: string }> {
      const [post] = await rest<{ id: number; slug: string }[]>('posts', '/wp/v2/posts?per_page=1');
      if (post === undefined) throw new Error('WordPress has no posts.');
      return post;
    },
    save: (id: number, title: string) => rest('save by REST', `/wp/v2/posts/${id}`, { title }),
    /** What the panel shows of the last change to a post. */
    ofPost,
  };
}

export type WordPress = Awaited<ReturnType<typeof openWordPress>>;
