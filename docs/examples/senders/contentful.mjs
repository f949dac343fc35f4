import { signedByContentful } from './signatures.mjs';
import { idOf, serveWrapper } from './wrapper.mjs';

/** Where your app shows an entry of a type. */
const paths = { blogPost: (slug) => `/blog/${slug}`, page: (slug) => `/${slug}` };

const secret = process.env.CONTENTFUL_SIGNING_SECRET ?? '';
if (secret.length !== 64)
  throw new Error('CONTENTFUL_SIGNING_SECRET has 64 characters; Contentful shows it once.');

serveWrapper({
  path: '/contentful',
  trusts: (call) => signedByContentful(secret, call),
  eventOf({ sys, fields = {} }, { headers, body }) {
    const topic = headers['x-contentful-topic'] ?? '';
    const [, action] = /^ContentManagement\.Entry\.(publish|unpublish|delete)$/.exec(topic) ?? [];
    // Drafts are saved all the time, and no page shows them.
    if (action === undefined) return null;
    const type = sys.contentType?.sys.id ?? 'unknown';
    const pathOf = paths[type];
    // A slug in each language. Who was unpublished or deleted comes without fields: give pages the tag of their entry.
    const slugs = pathOf === undefined ? [] : Object.values(fields.slug ?? {});
    return {
      id: idOf('contentful', headers['x-contentful-idempotency-key'] ?? '', topic, body),
      timestamp: new Date(sys.deletedAt ?? sys.updatedAt).toISOString(),
      change: `entry.${action}`,
      subject: { kind: type, id: sys.id },
      targets: [
        { tag: `contentful:entry:${sys.id}` },
        { tag: `contentful:type:${type}` },
        ...slugs.map((slug) => ({ path: pathOf(slug) })),
      ],
    };
  },
});
