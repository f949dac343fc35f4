import { expect } from '@playwright/test';
import { limits } from '../limits.ts';
import type { Pod } from '../system/addresses.ts';

/** One pod's copy of a page: what a visitor whom the balancer sends there gets. */
export interface Copy {
  status: number;
  /** Without scripts, which repeat the page for React. */
  html: string;
}

export async function readCopy(pod: Pod, path: string): Promise<Copy> {
  const answer = await fetch(new URL(path, pod.url), { signal: AbortSignal.timeout(limits.podAnswerMs) });
  const html = await answer.text();
  return { status: answer.status, html: html.replace(/<script\b[\s\S]*?<\/script>/g, '') };
}

/** Asks each pod once, as one visitor each: what the first answer lacks, a later one doesn't make good. */
export async function expectCopies(
  pods: Pod[],
  path: string,
  { shows, lacks, status = 200 }: { shows?: string; lacks?: string; status?: number },
): Promise<void> {
  for (const pod of pods) {
    const copy = await readCopy(pod, path);
    const where = `${pod.name}${path}`;
    expect(copy.status, where).toBe(status);
    if (shows !== undefined) expect(copy.html.includes(shows), `${where} shows “${shows}”`).toBe(true);
    if (lacks !== undefined) expect(copy.html.includes(lacks), `${where} still shows “${lacks}”`).toBe(false);
  }
}

/**
 * Of a pod that was frozen: a push that has waited in its socket has visitors get the former page, until that is made anew or its
 * time is over.
 */
export async function expectCopiesSoon(
  pod: Pod,
  path: string,
  wanted: Parameters<typeof expectCopies>[2],
): Promise<void> {
  await expect(() => expectCopies([pod], path, wanted)).toPass({ timeout: limits.conditionMs });
}

/** Visits the pages on every pod, so that each has a copy in its cache that can be stale. */
export async function fillCaches(pods: Pod[], paths: string[]): Promise<void> {
  for (const path of paths) await Promise.all(pods.map((pod) => readCopy(pod, path)));
}
