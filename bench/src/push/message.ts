import type { Push, Target } from '@everypod/contract';

export type PushTo = () => Promise<void>;

/** What one edited post comes to: the post, its lists, its author, each as tag and as path. */
export const targetsOfOnePost: Target[] = [
  { tag: 'wp:post:17' },
  { path: '/low-water-at-noon/' },
  { tag: 'wp:front-page' },
  { path: '/' },
  { tag: 'wp:term:3' },
  { path: '/category/tides/' },
  { tag: 'wp:term:5' },
  { path: '/category/harbour/' },
  { tag: 'wp:author:2' },
  { path: '/author/maren/' },
];

/** The nth push of a journal that only ever had this post. */
export function pushOf(epoch: string, nth: number): Push {
  return { epoch, after: nth - 1, upTo: nth, targets: targetsOfOnePost };
}

export function pushBody(epoch: string, nth: number): string {
  return JSON.stringify(pushOf(epoch, nth));
}
