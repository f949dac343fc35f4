import { expect } from 'vitest';
import { run } from '../../../src/commands.ts';
import { podSecret } from '../../surroundings/pod.ts';
import type { NextPod } from './fresh.ts';

/** What `everypod cdn-tags` says of a pod, as whoever purges asks. */
export async function purgedBy(pod: NextPod, ...given: string[]): Promise<string[]> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const at = ['--pod', pod.urlOf('/siteapi/revalidate')];
  const environment = { EVERYPOD_POD_SECRET: podSecret };
  expect(await run(['cdn-tags', ...given, ...at], { environment, say, complain: say })).toBe(0);
  return said.join('').trim().split('\n');
}

/** Whether an event that has these tags would have a CDN forget an answer that has those. */
export async function isPurged(
  pod: NextPod,
  tags: readonly string[] | null,
  ...ofEvent: string[]
): Promise<boolean> {
  const all = new Set(await purgedBy(pod, ...ofEvent.flatMap((tag) => ['--tag', tag])));
  return tags?.some((one) => all.has(one)) ?? false;
}
