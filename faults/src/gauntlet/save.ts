import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { articleTag } from '../origin/site.ts';
import type { System } from '../system/system.ts';

/** Resolves once the bridge has accepted it. */
export async function save({ sender, nextAccepted }: System, article: number): Promise<void> {
  const accepted = nextAccepted();
  sender.order({ do: 'save', paths: [`/a/${article}`], tags: [articleTag(article)] });
  await inTime(accepted, `the acceptance of article ${article}`);
  await sleep(limits.heartbeatMs);
}

async function inTime(work: Promise<unknown>, what: string): Promise<void> {
  const late = sleep(limits.injectionMs, 'late', { ref: false });
  if ((await Promise.race([work, late])) === 'late') throw new Error(`Waited in vain for ${what}.`);
}
