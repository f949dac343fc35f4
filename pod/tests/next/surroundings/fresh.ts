import { expect, vi } from 'vitest';
import type { startNextPod } from './pod.ts';

export type NextPod = Awaited<ReturnType<typeof startNextPod>>;

/** The page is cached, and the push makes the pod render it anew for the next visitor. */
export async function expectFresh(pod: NextPod, page: string, push: Parameters<NextPod['push']>[0]) {
  const old = await cachedCopyOf(pod, page);
  const answer = await pod.push(push);
  expect(answer).toMatchObject({ ok: true });
  expect(await pod.copyOf(page)).not.toBe(old);
  return answer;
}

/** Renders a page, and makes sure that visitors get that copy from then on; else nothing would be shown by a new one. */
export async function cachedCopyOf(pod: NextPod, page: string): Promise<string> {
  const copy = await pod.copyOf(page);
  expect(await pod.copyOf(page)).toBe(copy);
  return copy;
}

/** A visitor's render of `page` has read the old content, and takes as long as `meanwhile`, in which new content is published. */
export async function duringARender(
  pod: NextPod,
  page: string,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  pod.publish('post', '1');
  const visit = pod.copyOf(page);
  await vi.waitFor(() => expect(pod.isPublished('post-waits')).toBe(true), { timeout: 20_000, interval: 50 });
  pod.publish('post', '2');
  await meanwhile();
  pod.publish('post-go');
  expect(await visit).toBe('1');
}
