import type { PushAnswer, SettledAnswer } from '@everypod/contract';
import type { PodNews } from '../pods/registry.ts';

/** What a pod says of itself in its answer to a push, or to a question right after one. */
export function newsIn(answer: PushAnswer | SettledAnswer, epoch: string): PodNews {
  const { ip, name, instance, builtAt } = answer.pod;
  const { cursor, settled, how, held, keeps, keyless } = answer;
  return {
    pod: { ip, name, instance },
    cursor,
    settled,
    builtAt,
    epoch,
    by: 'push',
    how,
    held,
    keeps,
    keyless,
  };
}
