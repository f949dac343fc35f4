import { newMessageId, parseSecret, type Report, reportSchema, sign } from '@everypod/contract';
import type { Addresses } from '../system/addresses.ts';
import { limits } from './limits.ts';
import type { WordPress } from './wordpress.ts';

/** Code of the site's own that tells the bridge of these paths, and waits within a request until every pod has answered. */
export async function sendAndWait(
  wordpress: WordPress,
  { bridge, wordpress: { url: site } }: Addresses,
  paths: readonly string[],
): Promise<{ status: number; report: Report }> {
  const id = newMessageId('sender');
  const body = JSON.stringify({
    type: 'content.changed',
    timestamp: new Date().toISOString(),
    data: {
      site,
      change: 'stock.changed',
      subject: { kind: 'sender', id: 'one-worker' },
      actor: null,
      targets: paths.map((path) => ({ path })),
    },
  });
  const headers = {
    'content-type': 'application/json',
    prefer: `wait=${limits.senderWaitSeconds}`,
    ...sign([parseSecret(bridge.secret)], id, Date.now(), body),
  };
  const sent = await wordpress.rest<{ status: number; body: string }>(
    'a sender that waits',
    '/one-worker/v1/send',
    { url: `${bridge.url}/v1/events`, headers, body, seconds: limits.senderSeconds },
  );
  return { status: sent.status, report: reportSchema.parse(JSON.parse(sent.body)) };
}
