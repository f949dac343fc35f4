import { servedPagesSchema } from '@everypod/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp, type Variant } from './build.ts';
import { startVisited, type Visited } from './visited.ts';

const pagesAtOnce = 1_000;
const readersAtOnce = 50;

/** Pages that nobody has tagged, at addresses of which WordPress knows nothing: they go with what they were made from. */
export function describeKeys(variant: Variant): void {
  let visited: Visited;
  beforeAll(async () => {
    visited = await startVisited(await buildApp(variant));
  });
  afterAll(() => visited?.stop());

  const shapes = [
    ['a page', '/plain'],
    ['one whose content lies in the data cache', '/cached'],
    ['one whose content lies in the fetch cache', '/rates'],
    ['a page of the Pages Router', '/old'],
    ['the answer of a route handler', '/handler'],
  ];
  let nth = 0;
  /** A name of content that is post `id`, and its page. */
  function post(folder: string, header?: string) {
    nth += 1;
    const id = 1_000 + nth;
    const name = `keyed-${nth}`;
    visited.origin.names(name, header ?? `p${id}`);
    return { id, name, path: `${folder}/${name}` };
  }

  it.each(shapes)('%s is new once its post has changed, and no other is made for that', async (_, folder) => {
    const { origin, publish, push, versionAt } = visited;
    const [mine, other] = [post(folder ?? ''), post(folder ?? '')];
    for (const { name, path } of [mine, other]) {
      const first = publish(name);
      expect(await versionAt(path)).toBe(first);
    }
    const version = publish(mine.name);
    publish(other.name);
    const asked = origin.asked(other.name);
    await push({ tag: `wp:post:${mine.id}` });
    expect(await versionAt(mine.path)).toBe(version);
    expect(await versionAt(other.path)).toBe(version - 1);
    expect(origin.asked(other.name)).toBe(asked);
  });

  it('a page of the build goes with what it was built from, and no other does', async () => {
    const { publish, push, versionAt } = visited;
    expect([await versionAt('/built/one'), await versionAt('/built/two')]).toEqual([0, 0]);
    const version = publish('one');
    publish('two');
    await push({ tag: 'wp:post:501' });
    expect([await versionAt('/built/one'), await versionAt('/built/two')]).toEqual([version, 0]);
  });

  it.each([
    ['a term', 't7', 'wp:term:7'],
    ['what has a hash alone', 'hAbC_-123456z', 'wp:#AbC_-123456z'],
    ['a list that may have any post', 'f', 'wp:front-page'],
    ['too many posts to name them', 'p*,t5', 'wp:post:31337'],
    ['several', 'p12,t40,hAbC_-123456y', 'wp:term:40'],
  ])('a page that was made from %s goes with it', async (_, header, tag) => {
    const { publish, push, versionAt } = visited;
    const { name, path } = post('/plain', header);
    const first = publish(name);
    expect(await versionAt(path)).toBe(first);
    const version = publish(name);
    await push({ tag });
    expect(await versionAt(path)).toBe(version);
  });

  it.each([
    ['is empty', ''],
    ['names nothing', '-'],
    ['is no list of keys', 'p1;t2'],
    ['has a kind that nobody knows', 'x9'],
    ['has too much', `p1${',p2'.repeat(2_000)}`],
    ['was sent twice, and put together', 'p1, p2'],
  ])('an answer whose header %s is an answer like any other', async (_, header) => {
    const { publish, push, versionAt } = visited;
    const { name, path } = post('/plain', header);
    const version = publish(name);
    expect(await versionAt(path)).toBe(version);
    publish(name);
    await push({ tag: 'wp:post:1' });
    expect(await versionAt(path)).toBe(version);
    await push({ path });
    expect(await versionAt(path)).toBe(version + 1);
  });

  it('the bridge is told which pages an event of the post is about, and a visit makes them anew', async () => {
    const { origin, publish, push, make, versionAt } = visited;
    const { id, name, path } = post('/plain');
    publish(name);
    await versionAt(path);
    const version = publish(name);
    expect(await push({ tag: `wp:post:${id}` })).toMatchObject({
      visits: true,
      pages: expect.arrayContaining([path]),
    });
    expect(await make(path)).toMatchObject({ result: 'made' });
    const asked = origin.asked(name);
    expect(await versionAt(path)).toBe(version);
    expect(origin.asked(name)).toBe(asked);
  });

  it.each(shapes)('no visitor is told the keys of %s', async (_, folder) => {
    const { pod, publish, versionAt } = visited;
    const { name, path } = post(folder ?? '');
    publish(name);
    for (let visit = 0; visit < 2; visit += 1) {
      const response = await fetch(pod.urlOf(path));
      const told = [...response.headers].map(([header, value]) => `${header}: ${value}`).join('\n');
      expect(told).not.toMatch(/_E_K_|everypod-keys|cache-tags/);
      await versionAt(path);
    }
  });

  it(`of ${pagesAtOnce} pages that are made at once each is known by its own key, and by no other's`, async () => {
    const { pod, publish, versionAt } = visited;
    const posts = Array.from({ length: pagesAtOnce }, () => post('/plain'));
    for (const { name } of posts) publish(name);
    const left = [...posts];
    const reader = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await versionAt(next.path);
    };
    await Promise.all(Array.from({ length: readersAtOnce }, reader));
    const keysOf = new Map<string, string[]>();
    for (let from = 0, of = 1; from < of; from += 500) {
      const served = servedPagesSchema.parse(await (await pod.pages(from)).json());
      of = served.of;
      for (const { path, tags } of served.pages)
        keysOf.set(
          path,
          tags.filter((tag) => tag.startsWith('_E_K_')),
        );
    }
    const wrong = posts.filter(({ id, path }) => keysOf.get(path)?.join() !== `_E_K_p${id}`);
    expect(wrong.map(({ path }) => [path, keysOf.get(path)])).toEqual([]);
  });
}
