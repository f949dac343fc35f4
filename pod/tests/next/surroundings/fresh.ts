import { expect } from 'vitest';
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
