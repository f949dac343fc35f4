import { newSecret, servedPagesSchema } from '@everypod/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashOf } from '../../../src/visits/evidence.ts';
import { buildApp, type Variant } from './build.ts';
import { startVisited, type Visited } from './visited.ts';

/** One of each kind, in an app that is built anyway; `npm run test:stress -- visits` is the long form, with all shapes. */
export function describeVisitsInShort(variant: Variant, listensOn: string): void {
  let visited: Visited;
  beforeAll(async () => {
    visited = await startVisited(await buildApp(variant), { HOSTNAME: listensOn });
  });
  afterAll(() => visited?.stop());

  it.each([
    ['a page', '/plain/a', 'a'],
    ['one whose content lies in the data cache', '/cached/b', 'b'],
    ['a page of the Pages Router', '/old/c', 'c'],
    ['a feed', '/handler/d', 'd'],
  ])('makes %s anew before any visitor comes', async (_, path, name) => {
    const { origin, publish, pushAndMake, versionAt } = visited;
    const old = publish(name);
    expect(await versionAt(path)).toBe(old);
    const version = publish(name);
    expect(await pushAndMake(path)).toMatchObject({ path, result: 'made', status: 200 });
    const asked = origin.asked(name);
    expect(await versionAt(path)).toBe(version);
    expect(origin.asked(name)).toBe(asked);
  });

  it.each([
    ['no page where nothing answers', '/nowhere/a', { result: 'no page', status: 404 }],
    ['where a page leads', '/moved/a', { result: 'redirected', to: '/plain/elsewhere' }],
    ['what is made for each visitor', '/mine/a', { result: 'not cached', status: 200 }],
    ['that only pages are visited', '/siteapi/ready', { result: 'left', tries: 0 }],
  ])('tells %s', async (_, path, line) => {
    expect(await visited.pushAndMake(path)).toMatchObject(line);
  });

  it('is led by a tag alone to the addresses by which visitors know the page, and says that it serves them', async () => {
    const { pod, push, versionAt } = visited;
    await versionAt('/tagged/known?from=a-link');
    const answer = await push({ tag: 'item:known' });
    expect(answer).toMatchObject({ visits: true, pages: ['/tagged/known'] });
    await versionAt('/tagged/known');
    const served = servedPagesSchema.parse(await (await pod.pages()).json());
    expect(served.pages.map(({ path }) => path)).toContain('/tagged/known');
    expect((await pod.pages(0, newSecret())).status).toBe(401);
  });

  it('sees what is new by words that nobody tells it', async () => {
    const { origin, pushAndMake, versionAt } = visited;
    const id = 'event_seen';
    origin.publish('told', 'one two three four five six seven');
    await versionAt('/plain/told');
    origin.publish('told', '7 brand new words that nobody had read');
    const evidenceFor = (event: string) => ({
      words: 6,
      runs: [hashOf(event, 'brand new words that nobody had')],
    });
    expect(await pushAndMake('/plain/told', { id, evidence: evidenceFor(id) })).toMatchObject({
      result: 'seen',
    });
    expect(await pushAndMake('/plain/told', { id, evidence: evidenceFor('event_other') })).toMatchObject({
      result: 'made',
    });
  });

  const changed = { version: { post: '42', modified: '2026-11-30T16:50:00Z' } };
  const before = 'modified 2026-11-30T10:04:00';
  const after = 'modified 2026-11-30T16:50:00';

  it.each(['/plain/shorter', '/old/shorter'])(
    'sees a change that has no new words by the version that the page names: %s',
    async (path) => {
      const { origin, pushAndMake, versionAt } = visited;
      origin.publish('shorter', `1 long text ${before}`);
      expect(await versionAt(path)).toBe(1);
      origin.publish('shorter', `2 ${after}`);
      expect(await pushAndMake(path, { evidence: changed })).toMatchObject({ result: 'seen', tries: 1 });
    },
  );

  it.each(['/plain/behind', '/old/behind'])(
    'makes a page again that WordPress answers with its former version, and says so in the end: %s',
    async (path) => {
      const { origin, pushAndMake, versionAt } = visited;
      origin.publish('behind', `1 ${before}`);
      await versionAt(path);
      const asked = origin.asked('behind');
      expect(await pushAndMake(path, { evidence: changed })).toMatchObject({
        result: 'made',
        tries: 3,
        reason: "The page shows WordPress's version of 10:04:00 UTC, from before the change.",
      });
      expect(origin.asked('behind')).toBe(asked + 3);
    },
  );

  it.each(['/plain/catches-up', '/old/catches-up'])(
    'and sees the new one once WordPress has it: %s',
    async (path) => {
      const { origin, pushAndMake, versionAt } = visited;
      origin.publish('catches-up', `1 ${before}`);
      await versionAt(path);
      const asked = origin.asked('catches-up');
      const line = pushAndMake(path, { evidence: changed });
      await vi.waitFor(() => expect(origin.asked('catches-up')).toBe(asked + 1), { interval: 5 });
      origin.publish('catches-up', `2 ${after}`);
      expect(await line).toMatchObject({ result: 'seen', tries: 2 });
      expect(await versionAt(path)).toBe(2);
    },
  );

  it.each([
    ['a page', '/plain/renamed', 'renamed'],
    ['one whose content lies in the data cache', '/cached/renamed', 'renamed'],
    ['a page of the Pages Router', '/old/renamed', 'renamed'],
  ])(
    '%s is new at an address that a rewrite gives it, and by which nobody has asked for it before',
    async (_, page, name) => {
      const { publish, push, versionAt } = visited;
      const old = publish(name);
      expect(await versionAt(page)).toBe(old);
      const version = publish(name);
      await push({ path: `/called${page}` });
      expect(await versionAt(`/called${page}`)).toBe(version);
      expect(await versionAt(page)).toBe(version);
    },
  );

  it('asks no other API again that a page was made from', async () => {
    const { second, publish, push, make, versionAt } = visited;
    publish('priced');
    await versionAt('/rates/priced');
    const asked = second.asked('rates');
    expect(asked).toBeGreaterThan(0);
    const version = publish('priced');
    // By a tag, since a path's invalidation is of all that its page has fetched.
    await push({ tag: 'wp:post:1' });
    expect(await make('/rates/priced')).toMatchObject({ result: 'made' });
    expect(await versionAt('/rates/priced')).toBe(version);
    expect(second.asked('rates')).toBe(asked);
  });

  it('says failed where the content API is away, and made once it is back', async () => {
    const { origin, publish, pushAndMake, make, versionAt } = visited;
    publish('away');
    await versionAt('/plain/away');
    origin.refuse(true);
    const line = await pushAndMake('/plain/away', { waitMs: 3_000 }).finally(() => origin.refuse(false));
    expect(line).toMatchObject({ result: 'failed' });
    expect(await make('/plain/away')).toMatchObject({ result: 'made' });
  });

  it('is nobody that a stranger can play', async () => {
    const { pod, publish, versionAt } = visited;
    publish('stranger');
    const version = await versionAt('/plain/stranger');
    publish('stranger');
    const headers = {
      'x-everypod-visit': '00000000-0000-4000-8000-000000000000',
      'user-agent': 'everypod-visit',
    };
    const response = await fetch(pod.urlOf('/plain/stranger'), { headers });
    expect(await response.text()).toContain(`rendered:${version}`);
  });

  it('says nothing of made that is not true for every reader who comes behind it, whatever renders are under way', async () => {
    const { results, untrue } = await visited.claims(['/plain/x', '/tagged/y', '/cached/z', '/old/w'], 12);
    expect(untrue).toEqual([]);
    expect(results).toEqual({ made: 12 });
  });
}
