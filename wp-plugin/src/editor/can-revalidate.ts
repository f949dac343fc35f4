import type { Answer } from '../rest/api.ts';
import type { PostDelivery } from '../rest/shapes.ts';

/** Not for what visitors can't see: pods keep nothing of it. What is not known yet is left to WordPress to refuse. */
export function canRevalidate(answer: Answer<PostDelivery> | null, published: boolean): boolean {
  return published && (!answer?.ok || (answer.value.configured && answer.value.visible));
}
