import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { Sender } from './bridge.ts';

/** Has every pod make these pages anew, so that what one action left behind is not the next one's. */
export async function refresh(sender: Sender, site: string, paths: readonly string[]): Promise<void> {
  const id = await sender.send(
    JSON.stringify({
      type: 'content.changed',
      timestamp: new Date().toISOString(),
      data: {
        site,
        change: 'pages.revalidated',
        subject: { kind: 'sender', id: 'crawl' },
        actor: null,
        targets: paths.map((path) => ({ path })),
      },
    }),
  );
  const giveUpAtMs = performance.now() + limits.finalMs;
  while (!(await sender.report(id)).final && performance.now() < giveUpAtMs) {
    await delay(limits.reportLookMs);
  }
}
