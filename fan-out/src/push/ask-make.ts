import { type MakeAnswer, type MakeQuestion, makeAnswerSchema } from '@everypod/contract';
import { type AskOptions, askPod } from './ask-pod.ts';

/** Which page, for which event, and how long the pod may take. */
export type AskMakeOptions = AskOptions<Omit<MakeQuestion, 'ask'>>;

/**
 * Grants a pod, on its push route, one visit of one of its pages. Null for whatever is no signed answer to this very question:
 * then nobody knows what came of it. Never throws.
 */
export async function askMake(options: AskMakeOptions): Promise<MakeAnswer | null> {
  const answer = await askPod({ kind: 'make', answer: makeAnswerSchema }, options);
  return answer?.visit.path === options.question.path ? answer : null;
}
