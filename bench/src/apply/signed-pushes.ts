import {
  newMessageId,
  type Push,
  parseSecrets,
  type SignedHeaders,
  sign,
  type Target,
} from '@everypod/contract';

export type SignedPushes = {
  body: string;
  headers: SignedHeaders;
  /** A request can be read once only, so that each run takes a new one. */
  next(): Request;
};

/** One push of these targets, signed once; the pod, unlike a bridge, applies the same push as often as it comes. */
export function createSignedPushes(secret: string, targets: Target[]): SignedPushes {
  const push: Push = { epoch: 'bench-apply', after: 0, upTo: 1, targets };
  const body = JSON.stringify(push);
  const headers = sign(parseSecrets(secret), newMessageId('push'), Date.now(), body);
  return {
    body,
    headers,
    next: () => new Request('http://127.0.0.1/siteapi/revalidate', { method: 'POST', headers, body }),
  };
}
