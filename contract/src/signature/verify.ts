import { timingSafeEqual } from 'node:crypto';
import { limits } from '../limits.ts';
import type { Secret } from './secret.ts';
import { hmac } from './sign.ts';

/** Why a message was not trusted. For the log; the sender is told one generic 401 for every cause. */
export type Distrust =
  | 'missing header'
  | 'repeated header'
  | 'malformed id'
  | 'malformed timestamp'
  | 'too old'
  | 'too new'
  | 'malformed signature'
  | 'too many signatures'
  | 'wrong signature'
  | 'another id';

export type Verified = { trusted: true; id: string; timestamp: number } | { trusted: false; cause: Distrust };

type Headers = { get(name: string): string | null };

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
const idForm = /^[A-Za-z0-9_-]{1,64}$/;
const timestampForm = /^[0-9]{10}$/;
const signatureForm = /^v1,([A-Za-z0-9+/]{43}=)$/;
/** Other versions of the scheme may stand beside ours (Standard Webhooks: `v1a`). They are passed over. */
const otherVersion = /^v(?!1,)[0-9]+[a-z]?,[A-Za-z0-9+/=_-]+$/;

const distrust = (cause: Distrust): Verified => ({ trusted: false, cause });

/**
 * Verifies raw bytes, before anything is parsed, in constant time.
 * @param nowMs the receiver's time in milliseconds
 * @param expectedId for answers: the id of the request that they answer
 */
export function verify(
  secrets: readonly Secret[],
  headers: Headers,
  body: string | Uint8Array,
  nowMs: number,
  expectedId?: string,
): Verified {
  const [id, timestamp, signatures] = names.map((name) => headers.get(name));
  if (!id || !timestamp || !signatures) return distrust('missing header');
  // Both fetch's Headers and node:http join repeated headers with a comma and a space.
  if ([id, timestamp, signatures].some((value) => value.includes(', '))) return distrust('repeated header');
  if (!idForm.test(id)) return distrust('malformed id');
  if (!timestampForm.test(timestamp)) return distrust('malformed timestamp');
  const ageSeconds = Math.floor(nowMs / 1000) - Number(timestamp);
  if (ageSeconds > limits.signatureToleranceSeconds) return distrust('too old');
  if (ageSeconds < -limits.signatureToleranceSeconds) return distrust('too new');

  const given = signatures.split(' ');
  if (given.length > limits.signaturesPerMessage) return distrust('too many signatures');
  if (!given.every((one) => signatureForm.test(one) || otherVersion.test(one)))
    return distrust('malformed signature');

  const wanted = secrets.map((secret) => hmac(secret, id, timestamp, body));
  let matched = false;
  for (const one of given) {
    const match = signatureForm.exec(one);
    if (!match) continue;
    const bytes = Buffer.from(match[1] ?? '', 'base64');
    for (const want of wanted) {
      // No early return: the time taken does not tell which secret or signature matched.
      if (bytes.length === want.length && timingSafeEqual(bytes, want)) matched = true;
    }
  }
  if (!matched) return distrust('wrong signature');
  if (expectedId !== undefined && id !== expectedId) return distrust('another id');
  return { trusted: true, id, timestamp: Number(timestamp) };
}
