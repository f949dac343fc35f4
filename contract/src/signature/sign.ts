import { createHmac, randomUUID } from 'node:crypto';
import { sayProtocol } from './protocol.ts';
import type { Secret } from './secret.ts';

/** The three headers of Standard Webhooks 1.0, and what protocol the sender speaks. */
export type SignedHeaders = typeof sayProtocol & {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/** `push`, `catchup`, … then 32 hex digits: fits the id form and never repeats. */
export function newMessageId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

/** A GET has no body; it signs its method and path with query, so that one signature can't serve for another route. */
export function getBody(pathWithQuery: string): string {
  return `GET ${pathWithQuery}`;
}

export function hmac(secret: Secret, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
}

/**
 * Signs a body with every secret, the newest first.
 * @param nowMs time of this attempt, in milliseconds since 1970
 */
export function sign(
  secrets: readonly Secret[],
  id: string,
  nowMs: number,
  body: string | Uint8Array,
): SignedHeaders {
  const timestamp = Math.floor(nowMs / 1000).toString();
  return {
    ...sayProtocol,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => `v1,${hmac(secret, id, timestamp, body).toString('base64')}`)
      .join(' '),
  };
}
