import { type CdnTagsOfTargets, cdnTagsSchema, limits, type Target } from '@everypod/contract';
import { askPod, type PodToAsk } from '../push/ask-pod.ts';

export type CdnQuestion = { pod: PodToAsk; about: readonly Target[] | 'everything' };

/**
 * Asks a pod what to purge from a CDN, in as many questions as it takes: what one answer lacks, since none of its targets says that a
 * WordPress gives keys, another has. A sentence where the pod has not said. Never throws.
 */
export async function askForCdnTags({
  pod,
  about,
}: CdnQuestion): Promise<ReadonlySet<string> | { reason: string }> {
  const tags = new Set<string>();
  const questions: Part[][] = about === 'everything' ? [[['cdn', 'everything']]] : questionsOf(about);
  if (questions.length === 0) return { reason: 'This is about no page, so there is nothing to purge.' };
  for (const query of questions) {
    const answer: CdnTagsOfTargets | { reason: string } = await askPod(pod, {
      prefix: 'cdn',
      query,
      schema: cdnTagsSchema,
      answerBytes: limits.cdnTagsBytes,
    });
    if ('reason' in answer) return answer;
    if (answer.header === null) return { reason: notByTag };
    for (const tag of answer.tags) tags.add(tag);
  }
  return tags;
}

const notByTag =
  "CDN: not by tag. This app's answers carry none: set cdnTags in next.config (withEverypod), build, and deploy; or purge by address.";

type Part = readonly [name: string, value: string];

/** As much in each as an address may be long. Other state than pages is in no CDN. */
function questionsOf(targets: readonly Target[]): Part[][] {
  const questions: Part[][] = [];
  let left = 0;
  for (const part of targets.flatMap(partOf)) {
    const characters = new URLSearchParams([[...part]]).toString().length + 1;
    const full = (questions.at(-1)?.length ?? 0) > limits.cdnTargets;
    if (questions.length === 0 || characters > left || full) {
      questions.push([['cdn', 'tags']]);
      left = limits.cdnQuestionCharacters;
    }
    questions.at(-1)?.push(part);
    left -= characters;
  }
  return questions;
}

function partOf(target: Target): Part[] {
  if ('tag' in target) return [['tag', target.tag]];
  if ('topic' in target) return [];
  return [['scope' in target ? target.scope : 'path', target.path]];
}
