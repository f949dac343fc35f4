import {
  cdnTagsSchema,
  getBody,
  newMessageId,
  newSecret,
  parseSecrets,
  sign,
  verify,
} from '@everypod/contract';
import { afterEach, expect, it } from 'vitest';
import { createGuard } from '../../src/guard/guard.ts';
import { podSecret, startPod } from '../surroundings/pod.ts';
import { builtWith } from './built.ts';

const removed: (() => void)[] = [];
afterEach(() => {
  for (const remove of removed.splice(0)) remove();
});

const route = '/siteapi/revalidate';

/** A pod, and what it answers who asks for a CDN's tags and signs it with this secret. */
function pod({ header = 'Cache-Tag' as string | null, secret = podSecret, basePath = '' } = {}) {
  const { serverDistDir, remove } = builtWith(header);
  removed.push(remove);
  const guard = createGuard(() => () => null);
  guard.cdn.readBuild(serverDistDir);
  const build = () => ({ builtAt: null, basePath });
  const { revalidate, clock } = startPod({}, { guarding: () => ({ guard, whole: true }), build });
  const ask = async (query: string) => {
    const id = newMessageId('cdn');
    const headers = sign(parseSecrets(secret), id, clock.nowMs, getBody(`${route}?${query}`));
    const response = await revalidate(new Request(`http://pod${route}?${query}`, { headers }));
    const body = await response.text();
    const trusted = verify(parseSecrets(podSecret), response.headers, body, clock.nowMs, id).trusted;
    return { status: response.status, trusted, body };
  };
  const tags = async (query: string) => cdnTagsSchema.parse(JSON.parse((await ask(query)).body)).tags;
  return { ask, tags, said: (...names: string[]) => guard.cdn.said(new Set(names)).split(',') };
}

it('a pod says, signed, by what a CDN forgets a post', async () => {
  const { ask, said } = pod();
  const { status, trusted, body } = await ask('cdn=tags&tag=wp:post:8');
  expect([status, trusted]).toEqual([200, true]);
  const { header, tags } = cdnTagsSchema.parse(JSON.parse(body));
  expect(header).toBe('Cache-Tag');
  expect(tags).toEqual(expect.arrayContaining(['everypod', ...said('_E_K_p8', '_E_K_p*', 'wp:post:8')]));
  expect(tags).toHaveLength(4);
});

it('of an event of who gives keys it names what is blind, too', async () => {
  const { tags, said } = pod();
  expect(await tags('cdn=tags&tag=wp:%23AbC_-123456z')).toEqual(expect.arrayContaining(said('_E_K_blind')));
  expect(await tags('cdn=tags&tag=wp:post:8')).not.toEqual(expect.arrayContaining(said('_E_K_blind')));
});

it.each([
  ['as it is', '/hello', '_N_T_/hello'],
  ['in another spelling', '/caf%C3%A9', '_N_T_/café'],
  ['under a basePath', '/docs/hello', '_N_T_/hello'],
  ['by its route', '/blog/[slug]', '_N_T_/blog/[slug]/page'],
])('it names a page %s', async (_, path, name) => {
  const { tags, said } = pod({ basePath: '/docs' });
  expect(await tags(`cdn=tags&path=${encodeURIComponent(path)}`)).toEqual(expect.arrayContaining(said(name)));
});

it('it names all pages by what each of them carries', async () => {
  const { tags, said } = pod();
  expect((await tags('cdn=everything')).sort()).toEqual(['everypod', ...said('_N_T_/layout')].sort());
});

it.each([
  ['page=/blog/[slug]', '_N_T_/blog/[slug]/page'],
  ['layout=/blog', '_N_T_/blog/layout'],
  ['layout=/', '_N_T_/layout'],
])('it names what lies below a pattern: %s', async (query, name) => {
  const { tags, said } = pod();
  expect(await tags(`cdn=tags&${query}`)).toEqual(expect.arrayContaining(said(name)));
});

it('it names nothing where the app has not opted in', async () => {
  const { ask } = pod({ header: null });
  expect(JSON.parse((await ask('cdn=tags&tag=wp:post:8')).body)).toMatchObject({ header: null, tags: [] });
});

it.each([
  ['nothing', 'cdn=tags', /Say what has changed/],
  ['what it does not know', 'cdn=yes&tag=a', /cdn is tags/],
  ['a path that is none', 'cdn=tags&path=hello', /a path starts with/],
  ['a tag that is too long', `cdn=tags&tag=${'x'.repeat(257)}`, /at most 256/],
  ['too much', `cdn=tags${'&tag=a'.repeat(1_001)}`, /at most 1000 targets/],
])('asked about %s it says what to do', async (_, query, words) => {
  const { status, body } = await pod().ask(query);
  expect(status).toBe(400);
  expect(JSON.parse(body).detail).toMatch(words);
});

it('who signs with another secret is told nothing', async () => {
  expect(await pod({ secret: newSecret() }).ask('cdn=tags&tag=wp:post:8')).toMatchObject({ status: 401 });
});
