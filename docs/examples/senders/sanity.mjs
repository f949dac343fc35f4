// The webhook's projection: { _id, _type, "before": before().slug.current, "after": after().slug.current }
import { signedBySanity } from './signatures.mjs';
import { idOf, serveWrapper } from './wrapper.mjs';

/** Where your app shows a document of a type. */
const paths = { post: (slug) => `/blog/${slug}`, page: (slug) => `/${slug}` };

const secret = process.env.SANITY_WEBHOOK_SECRET ?? '';
if (secret === '') throw new Error('Set SANITY_WEBHOOK_SECRET to the secret of the webhook.');

serveWrapper({
  path: '/sanity',
  trusts: (call) => signedBySanity(secret, call),
  eventOf({ _id: id, _type: type, before, after }, { headers, body }) {
    if (/^(?:drafts|versions)\./.test(id)) return null;
    const pathOf = paths[type];
    // Both, since a page that moved is old at its former address, too.
    const slugs = pathOf === undefined ? [] : new Set([before, after].filter(Boolean));
    const at = headers['sanity-transaction-time'];
    return {
      id: idOf('sanity', headers['idempotency-key'] ?? headers['sanity-webhook-signature'], body),
      ...(at && { timestamp: new Date(at).toISOString() }),
      change: `document.${headers['sanity-operation'] ?? 'changed'}`,
      subject: { kind: type, id },
      targets: [
        { tag: `sanity:document:${id}` },
        { tag: `sanity:type:${type}` },
        ...[...slugs].map((slug) => ({ path: pathOf(slug) })),
      ],
    };
  },
});
