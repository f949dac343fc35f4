import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp, type Variant } from './build.ts';
import { isPurged } from './purged.ts';
import { startVisited, type Visited } from './visited.ts';

/** An event of a WordPress that gives keys, about something else than all pages here. */
const elsewhere = { tag: 'wp:#other_______' };

/** What `use cache` keeps goes with what it was made from, and so does the page that has it. */
export function describeKeysOfUseCache(variant: Variant): void {
  let visited: Visited;
  beforeAll(async () => {
    visited = await startVisited(await buildApp(variant));
  });
  afterAll(() => visited?.stop());

  let nth = 0;
  function post(header?: string | null) {
    nth += 1;
    const id = 1_000 + nth;
    const name = `keyed-${nth}`;
    if (header !== null) visited.origin.names(name, header ?? `p${id}`);
    return { id, name };
  }

  it.each([
    ['by a tag', '/kept'],
    ['by nothing', '/untagged'],
  ])('what is kept %s is new once its post has changed, and nothing else is', async (_, folder) => {
    const { origin, publish, push, versionAt } = visited;
    const [mine, other] = [post(), post()];
    for (const { name } of [mine, other]) {
      const first = publish(name);
      expect(await versionAt(`${folder}/${name}`)).toBe(first);
    }
    const version = publish(mine.name);
    publish(other.name);
    const asked = origin.asked(other.name);
    await push({ tag: `wp:post:${mine.id}` }, elsewhere);
    expect(await versionAt(`${folder}/${mine.name}`)).toBe(version);
    expect(await versionAt(`${folder}/${other.name}`)).toBe(version - 1);
    expect(origin.asked(other.name)).toBe(asked);
  });

  it('it goes with each change where one of its answers says nothing', async () => {
    const { publish, push, versionAt } = visited;
    const known = post();
    publish(known.name);
    await versionAt(`/untagged/${known.name}`);
    const { name } = post(null);
    const version = publish(name);
    expect(await versionAt(`/untagged/${name}`)).toBe(version);
    publish(name);
    await push(elsewhere);
    expect(await versionAt(`/untagged/${name}`)).toBe(version + 1);
  });

  it.each([
    ['made by the build', async () => ['/made/two', 502] as const],
    [
      'made for a visitor',
      async () => {
        const { id, name } = post();
        visited.publish(name);
        return [`/untagged/${name}`, id] as const;
      },
    ],
  ])('a page %s tells a CDN what was kept for it, first and found', async (_, page) => {
    const { pod } = visited;
    const [path, id] = await page();
    for (let visit = 0; visit < 2; visit += 1) {
      const { headers } = await fetch(pod.urlOf(path));
      expect(headers.get('cache-control')).toMatch(/s-maxage/);
      const tags = headers.get('cache-tag')?.split(',') ?? null;
      expect(await isPurged(pod, tags, `wp:post:${id}`)).toBe(true);
      expect(await isPurged(pod, tags, `wp:post:${id + 1}`, elsewhere.tag)).toBe(false);
    }
  });

  it('a page of the build goes with what was kept for it there', async () => {
    const { publish, push, versionAt } = visited;
    expect([await versionAt('/made/one'), await versionAt('/made/two')]).toEqual([0, 0]);
    const version = publish('one');
    publish('two');
    await push({ tag: 'wp:post:501' }, elsewhere);
    expect([await versionAt('/made/one'), await versionAt('/made/two')]).toEqual([version, 0]);
  });
}
