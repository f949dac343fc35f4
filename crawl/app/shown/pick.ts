import type { Answer } from '@/reading/answer';

// biome-ignore lint/suspicious/noExplicitAny: as WordPress gives it.
type Any = any;

/** The first of a list; null where there is none. */
export const first = ({ body }: Answer): Any => (Array.isArray(body) ? (body[0] ?? null) : null);

/** The list; null where WordPress has no such page of it. */
export const list = ({ status, body }: Answer): Any[] | null => (status === 200 ? body : null);

/** What a list shows of a post. */
export const card = (post: Any) => ({
  slug: post.slug,
  title: post.title?.rendered,
  excerpt: post.excerpt?.rendered,
  date: post.date,
  sticky: post.sticky,
});

/** All of a post, with what is embedded in it. */
export function whole(post: Any) {
  const embedded = post._embedded ?? {};
  return {
    ...card(post),
    link: post.link,
    modified: post.modified,
    content: post.content?.rendered,
    closed: post.content?.protected,
    format: post.format,
    template: post.template,
    order: post.menu_order,
    comments: post.comment_status,
    meta: post.meta,
    by: (embedded.author ?? []).map(({ name, description }: Any) => ({ name, description })),
    in: (embedded['wp:term'] ?? []).flat().map(({ name, slug, taxonomy }: Any) => ({ name, slug, taxonomy })),
    picture: (embedded['wp:featuredmedia'] ?? []).map(({ alt_text, source_url, caption }: Any) => ({
      alt_text,
      source_url,
      caption: caption?.rendered,
    })),
  };
}
