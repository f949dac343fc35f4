import { limits as messageLimits, type Why, whySchema } from '@everypod/contract';
import { askPod, type PodToAsk } from '../push/ask-pod.ts';

export type WhyQuestion = PodToAsk & { path: string; tags: readonly string[] };

/** Asks a pod why a page would go; a sentence where it has not said. Never throws. */
export function askWhy({ path, tags, ...pod }: WhyQuestion): Promise<Why | { reason: string }> {
  return askPod(pod, {
    prefix: 'why',
    query: [['why', path], ...tags.map((tag) => ['tag', tag] as const)],
    schema: whySchema,
    answerBytes: messageLimits.whyBytes,
  });
}
