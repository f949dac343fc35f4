import { eventSchema, newMessageId, parseSecrets, sign, type Target } from '@everypod/contract';
import { limits } from '../limits.ts';

export type SignedEvent = { headers: Record<string, string>; body: string };

/** Signed events about a hundred posts in turn, each under an id of its own. */
export function createEvents(secret: string): { next: () => SignedEvent; targetsEach: number } {
  const secrets = parseSecrets(secret);
  const bodies = Array.from({ length: limits.ingestPosts }, (_, post) => eventOf(post).body);
  let made = 0;
  return {
    targetsEach: eventOf(0).targets.length,
    next() {
      const body = bodies[made % bodies.length] ?? '';
      made += 1;
      const headers = {
        'content-type': 'application/json',
        ...sign(secrets, newMessageId('evt'), Date.now(), body),
      };
      return { headers, body };
    },
  };
}

/** One post in three categories, each target as tag and as path, as the plugin writes them. */
function targetsAbout(post: number, slug: string): Target[] {
  const terms = [post, post + 1, post + 2].map((term) => term % limits.ingestTerms);
  return [
    { tag: `wp:post:${post}` },
    { path: `/${slug}-${post}/` },
    { tag: 'wp:front-page' },
    { path: '/' },
    ...terms.flatMap((term) => [{ tag: `wp:term:${term}` }, { path: `/category/${slug}-${term}/` }]),
    { tag: 'wp:author:2' },
    { path: `/author/${slug}/` },
  ];
}

/** As long as is wanted, by slugs in a script of which WordPress encodes every letter. */
function eventOf(post: number): { body: string; targets: Target[] } {
  let slug = 'post';
  let targets = targetsAbout(post, slug);
  let body = JSON.stringify(eventAbout(post, targets));
  while (body.length < limits.ingestEventBytes) {
    slug += '%e6%bd%ae';
    targets = targetsAbout(post, slug);
    body = JSON.stringify(eventAbout(post, targets));
  }
  return { body, targets };
}

function eventAbout(post: number, targets: readonly Target[]) {
  return eventSchema.parse({
    type: 'content.changed',
    timestamp: new Date().toISOString(),
    data: {
      site: 'http://wordpress.example',
      change: 'post.updated',
      subject: { kind: 'post', id: String(post), title: 'Low water at noon' },
      actor: { id: '2', name: 'Maren' },
      targets,
    },
  });
}
