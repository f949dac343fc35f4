import { newSecret, servedPagesSchema, type VisitLine } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/visits/evidence.ts';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';

const readers = 4;

/** What a pod makes anew by visits of its own, and what it says of them, against what its readers then get. */
export function describeVisits(variant: Variant, claimsWanted = 40): void {
  let app: BuiltApp;
  let pod: NextPod;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let second: Awaited<ReturnType<typeof startOrigin>>;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let seq = 1;
  const settings = () => ({
    EVERYPOD_BRIDGE_URL: bridge.url,
    TEST_ORIGIN: origin.url,
    TEST_SECOND: second.url,
  });

  beforeAll(async () => {
    app = await buildApp(variant);
    origin = await startOrigin(() => Math.random() * 40);
    second = await startOrigin(() => 0);
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    pod = await startNextPod(app, { ...settings(), HOSTNAME: 'localhost' });
    await pod.probe();
  });
  afterAll(async () => {
    await pod?.stop();
    await Promise.all([origin, second, bridge].map((one) => one?.stop()));
  });

  const names = new Map<string, number>();
  /** The origin has a new version of it from now on. */
  function publish(name: string): number {
    const version = (names.get(name) ?? 0) + 1;
    names.set(name, version);
    origin.publish(name, String(version));
    return version;
  }
  const read = async (path: string) => {
    const response = await fetch(pod.urlOf(path), { redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  };
  const versionAt = async (path: string) => Number(/rendered:(\d+)/.exec((await read(path)).text)?.[1] ?? -1);

  /** A push of the path, and the visit that the bridge grants for it. */
  async function pushAndMake(path: string, more: Parameters<NextPod['make']>[1] = {}): Promise<VisitLine> {
    seq += 1;
    await pod.push({ after: seq - 1, upTo: seq, targets: [{ path }] });
    return pod.make(path, { upTo: seq, site: origin.url, ...more });
  }

  describe('a visit', () => {
    it.each([
      ['a page', '/plain/a', 'a'],
      ['one whose content lies in the fetch cache, without any tag', '/untagged/c', 'c'],
      ['a page of the Pages Router', '/old/d', 'd'],
      ['a catch-all route', '/rest/deep/down', 'deep.down'],
      ['an address that is not ASCII', '/rest/caf%C3%A9', 'caf%C3%A9'],
      ['a feed', '/files/feed.xml', 'feed.xml'],
      ['a closed page', '/closed/built', 'built'],
    ])('makes %s anew before any visitor comes', async (_, path, name) => {
      publish(name);
      expect(await versionAt(path)).toBeGreaterThanOrEqual(0);
      const version = publish(name);
      const line = await pushAndMake(path);
      expect(line).toMatchObject({ path, result: 'made', status: 200 });
      const asked = origin.asked(name);
      expect(await versionAt(path)).toBe(version);
      expect(origin.asked(name)).toBe(asked);
    });

    it('names the page that serves a path which middleware rewrites, where that is kept at all', async () => {
      publish('rewritten');
      await versionAt('/story/rewritten');
      const version = publish('rewritten');
      expect(await pushAndMake('/story/rewritten')).toMatchObject(
        // 15 makes what it meets behind such a rewrite for each visitor (docs/facts.md).
        variant.next === 15 ? { result: 'not cached' } : { result: 'made', servedBy: '/en/story/rewritten' },
      );
      expect(await versionAt('/story/rewritten')).toBe(version);
    });

    it.each([
      ['no page where nothing answers', '/nowhere/a', { result: 'no page', status: 404 }],
      ['no page for what the app does not find', '/rest/unknown', { result: 'no page', status: 404 }],
      ['where a page leads', '/moved/a', { result: 'redirected', to: '/plain/elsewhere' }],
      ['that a login is wanted', '/walled/a', { result: 'denied', status: 401 }],
      ['what is made for each visitor', '/mine/a', { result: 'not cached', status: 200 }],
      ['that only pages are visited', '/siteapi/ready', { result: 'left', tries: 0 }],
    ])('tells %s', async (_, path, line) => {
      expect(await pushAndMake(path)).toMatchObject(line);
    });

    it('is led by a tag alone to the addresses by which visitors know the page', async () => {
      publish('known');
      await read('/tagged/known?from=a-link');
      seq += 1;
      const answer = await pod.push({ after: seq - 1, upTo: seq, targets: [{ tag: 'post:known' }] });
      expect(answer).toMatchObject({ visits: true, pages: ['/tagged/known'] });
    });

    it('a push of a path reaches the page that serves it behind a rewrite, before anybody visits', async () => {
      publish('direct');
      await versionAt('/story/direct');
      const version = publish('direct');
      seq += 1;
      await pod.push({ after: seq - 1, upTo: seq, targets: [{ path: '/story/direct/' }] });
      expect(await versionAt('/story/direct')).toBe(version);
    });

    it('and the pod says what it serves, by those addresses, to who signs with its secret', async () => {
      publish('served');
      await read('/plain/served');
      await read('/plain/served');
      const served = servedPagesSchema.parse(await (await pod.pages()).json());
      expect(served.pages.find(({ path }) => path === '/plain/served')).toMatchObject({
        asked: 2,
        tags: expect.arrayContaining(['_N_T_/plain/served']),
        storedAt: expect.any(String),
      });
      await read('/rest/what-is-not-there');
      const after = servedPagesSchema.parse(await (await pod.pages()).json());
      expect(after.pages.map(({ path }) => path)).not.toContain('/rest/what-is-not-there');
      expect((await pod.pages(0, newSecret())).status).toBe(401);
    });

    it('takes an address with the other ending for the same', async () => {
      publish('slash');
      await versionAt('/plain/slash');
      const version = publish('slash');
      expect(await pushAndMake('/plain/slash/')).toMatchObject({
        path: '/plain/slash/',
        result: 'made',
        tries: 2,
      });
      expect(await versionAt('/plain/slash')).toBe(version);
    });

    it('sees what is new by words that nobody tells it', async () => {
      const id = 'event_seen';
      origin.publish('told', 'one two three four five six seven');
      await read('/plain/told');
      origin.publish('told', '7 brand new words that nobody had read');
      const runs = [hashOf(id, 'brand new words that nobody had')];
      expect(await pushAndMake('/plain/told', { id, evidence: { words: 6, runs } })).toMatchObject({
        result: 'seen',
      });
      const others = [hashOf('event_other', 'brand new words that nobody had')];
      expect(await pushAndMake('/plain/told', { id, evidence: { words: 6, runs: others } })).toMatchObject({
        result: 'made',
      });
    });

    it('asks no other API again that a page was made from', async () => {
      publish('rates');
      await read('/untagged/rates');
      const asked = second.asked('rates');
      expect(asked).toBeGreaterThan(0);
      publish('rates');
      // By a tag, since a path's invalidation is of all that its page has fetched.
      seq += 1;
      await pod.push({ after: seq - 1, upTo: seq, targets: [{ tag: 'wp:post:1' }] });
      expect(await pod.make('/untagged/rates', { upTo: seq, site: origin.url })).toMatchObject({
        result: 'made',
      });
      expect(await versionAt('/untagged/rates')).toBe(2);
      expect(second.asked('rates')).toBe(asked);
    });

    it('says failed where the content API is away, and made once it is back', async () => {
      publish('away');
      await read('/plain/away');
      origin.refuse(true);
      const line = await pushAndMake('/plain/away', { waitMs: 3_000 }).finally(() => origin.refuse(false));
      expect(line).toMatchObject({ result: 'failed' });
      expect(await pod.make('/plain/away', { upTo: seq, site: origin.url })).toMatchObject({
        result: 'made',
      });
    });

    it('is nobody that a stranger can play', async () => {
      publish('stranger');
      const version = await versionAt('/plain/stranger');
      publish('stranger');
      const response = await fetch(pod.urlOf('/plain/stranger'), {
        headers: {
          'x-everypod-visit': '00000000-0000-4000-8000-000000000000',
          'user-agent': 'everypod-visit',
        },
      });
      expect(await response.text()).toContain(`rendered:${version}`);
    });
  });

  it.each(['0.0.0.0', '::', '127.0.0.9'])(
    'a pod that listens on %s visits itself where it was asked',
    async (HOSTNAME) => {
      const other = await startNextPod(app, { ...settings(), HOSTNAME });
      try {
        await other.probe();
        publish('listening');
        await other.copyOf('/plain/listening');
        const version = publish('listening');
        await other.push({ after: 1, upTo: 2, targets: [{ path: '/plain/listening' }] });
        expect(await other.make('/plain/listening', { upTo: 2 })).toMatchObject({ result: 'made' });
        expect(await other.copyOf('/plain/listening')).toBe(String(version));
      } finally {
        await other.stop();
      }
    },
  );

  it('a claim of made is true for every reader who comes behind it, whatever renders are under way', async () => {
    const paths = ['/plain/x', '/story/y', '/untagged/z', '/old/w'];
    const nameOf = (path: string) => path.split('/').at(-1) ?? '';
    let over = false;
    const visitors = Array.from({ length: readers }, async (_, nth) => {
      while (!over) await read(paths[nth % paths.length] ?? '');
    });
    const results: Record<string, number> = {};
    const untrue: string[] = [];
    for (let claim = 0; claim < claimsWanted; claim += 1) {
      const path = paths[claim % paths.length] ?? '';
      const version = publish(nameOf(path));
      const line = await pushAndMake(path);
      results[line.result] = (results[line.result] ?? 0) + 1;
      const got = await versionAt(path);
      if (line.result === 'made' && got < version) untrue.push(`${path} said ${got}, not ${version}`);
    }
    over = true;
    await Promise.all(visitors);
    expect(untrue).toEqual([]);
    const { made = 0, 'not cached': notCached = 0 } = results;
    expect(notCached).toBe(variant.next === 15 ? claimsWanted / paths.length : 0);
    expect(made).toBe(claimsWanted - notCached);
  }, 600_000);
}
