import { eventSchema, newMessageId, parseSecrets, sign, type Target } from '@everypod/contract';
import { limits } from '../limits.ts';

export type SignedEvent = { headers: Record<string, string>; body: string };

/** Signed events about a hundred posts in turn, each under an id of its own. */
export function createEvents(secret: string): { next: () => SignedEvent } {
  const secrets = parseSecrets(secret);
  const bodies = Array.from({ length: limits.ingestPosts }, (_, post) => bodyAbout(post));
  let made = 0;
  return {
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

/** An update of one post in several categories, made as long as is wanted by more of them. */
function bodyAbout(post: number): string {
  const targets: Target[] = [
    { tag: `wp:post:${post}` },
    { path: `/low-water-at-noon-${post}/` },
    { tag: 'wp:front-page' },
    { path: '/' },
  ];
  const text = () => JSON.stringify(eventAbout(post, targets));
  for (let term = 0; text().length < limits.ingestEventBytes - 60; term += 1) {
    targets.push(
      { tag: `wp:term:${(post + term) % 200}` },
      { path: `/category/topic-${(post + term) % 200}/` },
    );
  }
  return text();
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
