import { limits } from '../limits.ts';
import { Trouble } from '../trouble.ts';
import type { Kubelet } from './kubelet.ts';

/** Waits until every pod is ready. @throws {Trouble} naming those that aren't in time, with their reasons */
export async function allReady(kubelet: Kubelet): Promise<void> {
  let stopListening = () => {};
  let late: NodeJS.Timeout | undefined;
  const done = () => kubelet.ready().length === kubelet.watched().length;
  await new Promise<void>((resolve, reject) => {
    stopListening = kubelet.onChange(() => {
      if (done()) resolve();
    });
    late = setTimeout(() => reject(new Trouble(tooLate(kubelet))), limits.firstReadyMs);
    if (done()) resolve();
  }).finally(() => {
    stopListening();
    clearTimeout(late);
  });
}

function tooLate(kubelet: Kubelet): string {
  const waiting = kubelet.watched().filter(({ phase }) => phase !== 'ready');
  const reasons = waiting.map(({ name, reason }) => `  ${name}: ${reason ?? 'It has not answered yet.'}`);
  return `Not every pod became ready in ${limits.firstReadyMs / 1_000} s.\n${reasons.join('\n')}`;
}
