// How each of these content systems signs what it sends. Every one is given the raw bytes, before anything is parsed.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** As Everypod's own messages: enough for clocks that disagree, and too little for a captured message to be of use. */
const toleranceMs = 300_000;

/** In constant time, also for texts of different lengths. */
function same(given, wanted) {
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

const isRecent = (atMs, nowMs) => Math.abs(nowMs - atMs) <= toleranceMs;

/**
 * Contentful: hexadecimal HMAC-SHA256, keyed with the secret's text, over method, path, the headers that
 * `x-contentful-signed-headers` names, and body, with a line break between each two.
 */
export function signedByContentful(secret, { method, path, headers, body }, nowMs = Date.now()) {
  const signature = headers['x-contentful-signature'];
  const named = headers['x-contentful-signed-headers'];
  const timestamp = headers['x-contentful-timestamp'];
  if (!signature || !named || !/^\d{13}$/.test(timestamp ?? '')) return false;
  if (!isRecent(Number(timestamp), nowMs)) return false;
  const names = named.toLowerCase().split(',').sort();
  // Without these two the time, or the list itself, could be anybody's.
  if (!names.includes('x-contentful-timestamp') || !names.includes('x-contentful-signed-headers'))
    return false;
  const lines = names
    .filter((name) => headers[name] !== undefined)
    .map((name) => `${name}:${headers[name].trim()}`);
  const hmac = createHmac('sha256', secret)
    .update(`${method}\n${path}\n${lines.join(';')}\n`)
    .update(body);
  return same(signature, hmac.digest('hex'));
}

/** Sanity: `t=<milliseconds>,v1=<base64url>`, an HMAC-SHA256 keyed with the secret's text over `t.body`. */
export function signedBySanity(secret, { headers, body }, nowMs = Date.now()) {
  const [, timestamp, signature] =
    /^t=(\d{13})[, ]+v1=([^, ]+)$/.exec(headers['sanity-webhook-signature'] ?? '') ?? [];
  if (!timestamp || !signature || !isRecent(Number(timestamp), nowMs)) return false;
  const hmac = createHmac('sha256', secret).update(`${timestamp}.`).update(body);
  return same(signature, hmac.digest('base64url'));
}

/** Strapi signs nothing: it sends a header that you have set, and that is all there is to tell it by. */
export function sentByStrapi(token, { headers }) {
  return same(headers.authorization ?? '', `Bearer ${token}`);
}
