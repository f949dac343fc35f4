import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { startNextPod } from './pod.ts';
import { isPurged, purgedBy } from './purged.ts';
import { startVisited, type Visited } from './visited.ts';

const readersAtOnce = 20;

/** What answers tell a CDN that goes by tag, in an app that has opted in and in one that has not. */
export function describeCdnTags(variant: Variant, without: Variant): void {
  let app: BuiltApp;
  let visited: Visited;
  beforeAll(async () => {
    app = await buildApp(variant);
    visited = await startVisited(app);
  });
  afterAll(() => visited?.stop());

  let nth = 0;
  /** A post that nobody has asked for, and where its page is. */
  function post(folder: string, header?: string | null) {
    nth += 1;
    const id = 7_000 + nth;
    const name = `tagged-${nth}`;
    if (header !== null) visited.origin.names(name, header ?? `p${id}`);
    visited.publish(name);
    return { id, name, path: `${folder}/${name}` };
  }

  async function answerAt(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(visited.pod.urlOf(path), { headers });
    const text = await response.text();
    const given = response.headers.get('cache-tag');
    return { tags: given?.split(',') ?? null, how: response.headers.get('x-nextjs-cache'), response, text };
  }

  const purged = (...given: string[]) => purgedBy(visited.pod, ...given);
  const goesWith = (tags: readonly string[] | null, ...tag: string[]) => isPurged(visited.pod, tags, ...tag);

  const ofElsewhere = 'wp:#other_______';
  const shapes = [
    ['a page', '/plain'],
    ['one whose content lies in the data cache', '/cached'],
    ['one whose content lies in the fetch cache', '/rates'],
    ['a page of the Pages Router', '/old'],
    ['the answer of a route handler', '/handler'],
  ];

  it.each(shapes)(
    '%s goes with its post, and with no other: first, found, and made anew',
    async (_, folder) => {
      const { publish, push } = visited;
      const { id, name, path } = post(folder ?? '');
      const first = await answerAt(path);
      const found = await answerAt(path);
      publish(name);
      await push({ tag: `wp:post:${id}` });
      const anew = await answerAt(path);
      expect(anew.text).not.toBe(first.text);
      expect([first.how, found.how]).toEqual(['MISS', 'HIT']);
      for (const { tags } of [first, found, anew]) {
        expect(await goesWith(tags, `wp:post:${id}`)).toBe(true);
        expect(await goesWith(tags, `wp:post:${id + 1}`, ofElsewhere)).toBe(false);
        expect(tags?.filter((tag) => !/^[0-9a-f]{12}$/.test(tag))).toEqual([]);
      }
      expect(first.tags?.toSorted()).toEqual(found.tags?.toSorted());
    },
  );

  it('a page goes with its path and with everything, too', async () => {
    const [mine, other] = [post('/plain'), post('/plain')];
    const { tags } = await answerAt(mine.path);
    const goesBy = async (...given: string[]) => {
      const all = await purged(...given);
      return tags?.some((tag) => all.includes(tag));
    };
    expect(await goesBy('--path', mine.path)).toBe(true);
    expect(await goesBy('--path', other.path)).toBe(false);
    expect(await goesBy('--path', '/plain/[slug]')).toBe(true);
    expect(await goesBy('--everything')).toBe(true);
    const rewritten = await answerAt(`/called${mine.path}`);
    expect((await purged('--path', `/called${mine.path}`)).some((tag) => rewritten.tags?.includes(tag))).toBe(
      true,
    );
  });

  it('what a client renders a page from says the same as the page', async () => {
    const { id, path } = post('/plain');
    const page = await answerAt(path);
    const { tags, response } = await answerAt(path, { rsc: '1' });
    expect(response.headers.get('content-type')).toContain('text/x-component');
    expect(tags?.toSorted()).toEqual(page.tags?.toSorted());
    expect(await goesWith(tags, `wp:post:${id}`)).toBe(true);
  });

  it('so does the data of a page of the Pages Router', async () => {
    const { id, path } = post('/old');
    await answerAt(path);
    const buildId = readFileSync(join(app.project, '.next/BUILD_ID'), 'utf8').trim();
    const { tags, response } = await answerAt(`/_next/data/${buildId}${path}.json`);
    expect(response.headers.get('content-type')).toContain('json');
    expect(await goesWith(tags, `wp:post:${id}`)).toBe(true);
    expect(await goesWith(tags, `wp:post:${id + 1}`, ofElsewhere)).toBe(false);
  });

  it('a page that is given once more while it is made anew says by what it goes', async () => {
    const { id, path } = post('/timed');
    await answerAt(path);
    const stale = await vi.waitFor(
      async () => {
        const answer = await answerAt(path);
        expect(answer.how).toBe('STALE');
        return answer;
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(await goesWith(stale.tags, `wp:post:${id}`)).toBe(true);
    expect(await goesWith(stale.tags, `wp:post:${id + 1}`, ofElsewhere)).toBe(false);
  });

  it('a page of the build goes with what it was built from', async () => {
    const { tags } = await answerAt('/built/one');
    expect(await goesWith(tags, 'wp:post:501')).toBe(true);
    expect(await goesWith(tags, 'wp:post:502', ofElsewhere)).toBe(false);
  });

  it.each([
    ['made from an answer that says nothing', () => post('/plain', null).path],
    ['of the build of which nobody has learned it', () => '/built/unheard'],
    ['of the build, of the Pages Router', () => '/off/a'],
  ])('a page %s goes with each event of a WordPress that gives keys', async (_, pathOf) => {
    // From here on that host gives keys.
    await answerAt(post('/plain').path);
    expect(await goesWith((await answerAt(pathOf())).tags, ofElsewhere)).toBe(true);
  });

  it('whoever comes while a page is made has one that goes with its post, too', async () => {
    const { id, path } = post('/plain');
    const all = await Promise.all(Array.from({ length: readersAtOnce }, () => answerAt(path)));
    for (const { tags } of all) expect(await goesWith(tags, `wp:post:${id}`)).toBe(true);
  });

  it('what no CDN may keep says nothing', async () => {
    const { tags, response } = await answerAt(post('/mine').path);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(tags).toBeNull();
  });

  it('the pod says by which header, to who asks with the secret', async () => {
    expect((await visited.pod.probe()).cdn).toBe('Cache-Tag');
  });

  describe('where nobody has opted in', () => {
    let control: BuiltApp;
    beforeAll(async () => {
      control = await buildApp(without);
    });

    it('no answer says anything to a CDN, and the pod that it is not by tag', async () => {
      const pod = await startNextPod(control);
      for (let visit = 0; visit < 2; visit += 1) {
        const response = await fetch(pod.urlOf('/'));
        expect(response.headers.get('cache-control')).toMatch(/s-maxage/);
        const told = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
        expect(told).not.toMatch(/cache-tag|surrogate-key|_E_K_|everypod/i);
      }
      expect((await pod.probe()).cdn).toBe('not by tag');
      await pod.stop();
    });
  });
}
