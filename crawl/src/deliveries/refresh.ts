import { newMessageId, parseSecret, sign } from '@everypod/contract';
import { limits } from '../limits.ts';
import type { System } from '../system/start.ts';

/** Has every pod make these pages anew, so that what one action left behind is not the next one's. */
export async function refresh({ bridge, wordpress }: System, paths: readonly string[]): Promise<void> {
  const body = JSON.stringify({
    type: 'content.changed',
    timestamp: new Date().toISOString(),
    data: {
      site: wordpress.url,
      change: 'pages.revalidated',
      subject: { kind: 'sender', id: 'crawl' },
      actor: null,
      targets: paths.map((path) => ({ path })),
    },
  });
  const answer = await fetch(`${bridge.url}/v1/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      prefer: 'wait=10',
      ...sign([parseSecret(bridge.secret)], newMessageId('sender'), Date.now(), body),
    },
    signal: AbortSignal.timeout(limits.callMs),
  });
  if (answer.status !== 202) throw new Error(`The bridge answered ${answer.status}: ${await answer.text()}`);
  await answer.text();
}
