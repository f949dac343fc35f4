import { sentByStrapi } from './signatures.mjs';
import { idOf, serveWrapper } from './wrapper.mjs';

/** Where your app shows an entry of a model. */
const paths = { article: (slug) => `/blog/${slug}`, page: (slug) => `/${slug}` };

const token = process.env.STRAPI_WEBHOOK_TOKEN ?? '';
if (token.length < 32) throw new Error('Set STRAPI_WEBHOOK_TOKEN to 32 random characters or more.');

serveWrapper({
  path: '/strapi',
  trusts: (call) => sentByStrapi(token, call),
  eventOf({ event, createdAt, model, entry }, { body }) {
    const [, action] = /^entry\.(create|update|delete|publish|unpublish)$/.exec(event ?? '') ?? [];
    if (action === undefined) return null;
    // A draft that is saved; null in Strapi 4 and 5, and not there at all in a type without drafts of Strapi 4.
    if ((action === 'create' || action === 'update') && entry.publishedAt === null) return null;
    const pathOf = paths[model];
    // Strapi 5 knows a document by its documentId in every language and version, Strapi 4 has but the id.
    const id = String(entry.documentId ?? entry.id);
    return {
      id: idOf('strapi', body),
      timestamp: new Date(createdAt).toISOString(),
      change: `entry.${action}`,
      subject: { kind: model, id },
      targets: [
        { tag: `strapi:${model}:${id}` },
        { tag: `strapi:${model}` },
        ...(pathOf !== undefined && entry.slug ? [{ path: pathOf(entry.slug) }] : []),
      ],
    };
  },
});
