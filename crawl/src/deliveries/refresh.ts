import { setTimeout as delay } from 'node:timers/promises';
import { getBody, newMessageId, parseSecret, reportSchema, sign } from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { System } from '../system/start.ts';

/** Has every pod make these pages anew, so that what one action left behind is not the next one's. */
export async function refresh({ bridge, wordpress }: System, paths: readonly string[]): Promise<void> {
  const id = newMessageId('sender');
  const secrets = [parseSecret(bridge.secret)];
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
  const taken = await call(`${bridge.url}/v1/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...sign(secrets, id, Date.now(), body) },
    timeoutMs: limits.callMs,
  });
  if (taken.status !== 202) throw new Error(`The bridge answered ${taken.status}: ${taken.text}`);

  const report = `/v1/events/${id}`;
  const giveUpAtMs = performance.now() + limits.finalMs;
  while (performance.now() < giveUpAtMs) {
    const { text } = await call(`${bridge.url}${report}`, {
      headers: { ...sign(secrets, newMessageId('get'), Date.now(), getBody(report)) },
      timeoutMs: limits.callMs,
    });
    if (reportSchema.parse(JSON.parse(text)).final) return;
    await delay(limits.deliveriesLookMs);
  }
}
