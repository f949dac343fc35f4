import { servedPagesSchema } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/commands.ts';
import { podSecret } from '../../surroundings/pod.ts';
import { buildApp, type Variant } from './build.ts';
import { startVisited, type Visited } from './visited.ts';

const readersAtOnce = 50;

/** Pages that nobody has tagged, at addresses of which WordPress knows nothing: they go with what they were made from. */
export function describeKeys(variant: Variant, { pagesAtOnce = 1_000 } = {}): void {
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
  function post(folder: string, header?: string | readonly string[] | null) {
    nth += 1;
    const id = 1_000 + nth;
    const name = `keyed-${nth}`;
    if (header !== null) visited.origin.names(name, header ?? `p${id}`);
    return { id, name, path: `${folder}/${name}` };
  }
  /** An event of a WordPress that gives keys, about something else than all pages here. */
  const elsewhere = { tag: 'wp:#other_______' };

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
    await push({ tag: `wp:post:${mine.id}` }, elsewhere);
    expect(await versionAt(mine.path)).toBe(version);
    expect(await versionAt(other.path)).toBe(version - 1);
    expect(origin.asked(other.name)).toBe(asked);
  });

  it.each(shapes)('%s asks a WordPress that says it to who asks alone', async (_, folder) => {
    const { origin, publish, push, versionAt } = visited;
    // Who has said them once is asked from then on.
    const earlier = post(folder ?? '');
    publish(earlier.name);
    await versionAt(earlier.path);
    const { id, name, path } = post(folder ?? '');
    const first = publish(name);
    origin.namesWhereAsked(true);
    try {
      expect(await versionAt(path)).toBe(first);
      const version = publish(name);
      await push(elsewhere);
      expect(await versionAt(path)).toBe(first);
      await push({ tag: `wp:post:${id}` }, elsewhere);
      expect(await versionAt(path)).toBe(version);
    } finally {
      origin.namesWhereAsked(false);
    }
  });

  it('a page of the build goes with what it was built from, and no other does', async () => {
    const { publish, push, versionAt } = visited;
    expect([await versionAt('/built/one'), await versionAt('/built/two')]).toEqual([0, 0]);
    const version = publish('one');
    publish('two');
    await push({ tag: 'wp:post:501' }, elsewhere);
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

  it('of two sites that both have a post 8, each page goes with its own, and none with the other site', async () => {
    const { origin, publish, push, versionAt } = visited;
    const first = post('/plain', 'p8');
    const second = post('/plain', '@shop,p8');
    const beside = post('/plain', '@shop,p9,t2');
    const all = [first, second, beside];
    for (const { name, path } of all) {
      const version = publish(name);
      expect(await versionAt(path)).toBe(version);
    }
    const changes = async (tag: string) => {
      const asked = all.map(({ name }) => origin.asked(name));
      for (const { name } of all) publish(name);
      await push({ tag });
      for (const { path } of all) await versionAt(path);
      return all.filter(({ name }, nth) => origin.asked(name) !== asked[nth]);
    };
    expect(await changes('wp:post:8')).toEqual([first]);
    expect(await changes('wp@shop:post:8')).toEqual([second]);
    expect(await changes('wp@shop:term:2')).toEqual([beside]);
    expect(await changes('wp@shop:site')).toEqual([second, beside]);
    expect(await changes('wp@news:post:8')).toEqual([]);
  });

  it('a page of answers that name nothing goes by its path and tags alone', async () => {
    const { publish, push, versionAt } = visited;
    const { name, path } = post('/plain', '-');
    const version = publish(name);
    expect(await versionAt(path)).toBe(version);
    publish(name);
    await push({ tag: 'wp:post:1' }, elsewhere);
    expect(await versionAt(path)).toBe(version);
    await push({ path });
    expect(await versionAt(path)).toBe(version + 1);
  });

  const unbelieved: [string, string, string | readonly string[] | null][] = [
    ...shapes.map(
      ([shape, folder = '']) => [`is missing, ${shape},`, folder, null] as [string, string, null],
    ),
    ['is empty', '/plain', ''],
    ['is no list of keys', '/plain', 'p1;t2'],
    ['has a kind that nobody knows', '/plain', 'x9'],
    ['has too much', '/plain', `p1${',p2'.repeat(2_000)}`],
    ['was sent twice', '/plain', ['p1', 'p2']],
    ['was sent twice, and kept as one', '/rates', ['p1', 'p2']],
  ];
  it.each(unbelieved)(
    'what was made from an answer whose header %s goes with each change of content',
    async (_, folder, header) => {
      const { publish, push, versionAt } = visited;
      const known = post(folder);
      const { name, path } = post(folder, header);
      const version = publish(name);
      expect(await versionAt(path)).toBe(version);
      const ofKnown = publish(known.name);
      expect(await versionAt(known.path)).toBe(ofKnown);
      publish(name);
      publish(known.name);
      // Nothing is known of what another WordPress gives, which has said nothing of keys.
      await push({ tag: 'wp:post:1' });
      expect(await versionAt(path)).toBe(version);
      await push({ tag: 'wp:post:1' }, elsewhere);
      expect(await versionAt(path)).toBe(version + 1);
      expect(await versionAt(known.path)).toBe(ofKnown);
    },
  );

  it('a page for which nothing was read goes with each change of content, and so does a fetch of it', async () => {
    const { second, push, versionAt } = visited;
    second.publish('rates', 'old');
    const { publish } = visited;
    const { name, path } = post('/rates', null);
    const version = publish(name);
    expect(await versionAt(path)).toBe(version);
    publish(name);
    const asked = second.asked('rates');
    await push(elsewhere);
    expect(await versionAt(path)).toBe(version + 1);
    // What another API has said has nothing to do with it.
    expect(second.asked('rates')).toBe(asked);
  });

  it.each([
    ['of the build', '/built/unheard'],
    ['of the build, of the Pages Router', '/off/a'],
  ])('a page %s of which nobody has learned what it was made from goes with each change', async (_, path) => {
    const { pod, publish, push } = visited;
    publish('unheard');
    const copy = async () => /rendered:([\d.]+)/.exec(await (await fetch(pod.urlOf(path))).text())?.[1];
    const first = await copy();
    publish('unheard');
    await push({ tag: 'wp:post:1' });
    expect(await copy()).toBe(first);
    await push(elsewhere);
    const second = await copy();
    expect(second).not.toBe(first);
    expect(second).toBeDefined();
  });

  it('who asks with the secret is told how many were made of each kind, and why it was not known', async () => {
    const { pod, publish, versionAt } = visited;
    const before = (await pod.probe()).keys;
    for (const header of [undefined, null, 'x9', '-']) {
      const { name, path } = post('/plain', header);
      publish(name);
      await versionAt(path);
    }
    const { made, answers } = (await pod.probe()).keys;
    expect(made.known - before.made.known).toBe(2);
    expect(made.unknown).toBe(0);
    expect(made.blind.missing - (before.made.blind.missing ?? 0)).toBe(1);
    expect(made.blind.malformed - (before.made.blind.malformed ?? 0)).toBe(1);
    expect(answers.withKeys - before.answers.withKeys).toBe(2);
    expect(answers.without - before.answers.without).toBe(2);
  });

  it('`everypod why` says by what a page would go, and by what it would not', async () => {
    const { pod, publish, versionAt } = visited;
    const ask = async (path: string, ...tags: string[]) => {
      const said: string[] = [];
      const given = [
        path,
        '--pod',
        pod.urlOf('/siteapi/revalidate'),
        ...tags.flatMap((tag) => ['--tag', tag]),
      ];
      const say = (text: string) => void said.push(text);
      const environment = { EVERYPOD_POD_SECRET: podSecret };
      const code = await run(['why', ...given], { environment, say, complain: say });
      return { code, said: said.join('') };
    };
    const known = post('/plain', 'p12,t40,f');
    const blind = post('/called/old', null);
    for (const { name, path } of [known, blind]) {
      publish(name);
      await versionAt(path);
    }
    const ofKnown = await ask(known.path, 'wp:post:12', 'wp:front-page', 'wp:post:13', elsewhere.tag);
    expect(ofKnown.code).toBe(0);
    expect(ofKnown.said).toContain('known: ');
    expect(ofKnown.said).toContain('keys: p12, t40, f');
    expect(ofKnown.said).toContain('wp:post:12: it goes, by p12');
    expect(ofKnown.said).toContain('wp:front-page: it goes, by f');
    expect(ofKnown.said).toContain('wp:post:13: it stays');
    expect(ofKnown.said).toContain(`${elsewhere.tag}: it stays`);
    const ofBlind = await ask(blind.path, 'wp:post:12', elsewhere.tag);
    expect(ofBlind.said).toContain(`  ${blind.path.replace('/called', '')}, `);
    expect(ofBlind.said).toContain('wp:post:12: it stays');
    expect(ofBlind.said).toContain(`${elsewhere.tag}: it goes, by blind`);
    expect((await ask('/built/two', elsewhere.tag)).code).toBe(0);
    expect((await ask('/nobody/asked')).said).toContain('Nobody has asked');
    const unsigned = await fetch(`${pod.urlOf('/siteapi/revalidate')}?why=${known.path}`);
    expect(unsigned.status).toBe(401);
  });

  it('Draft Mode leaves no keys, no paths and no visits, and nothing of a draft is kept', async () => {
    const { pod, publish, push, versionAt } = visited;
    const { headers } = await fetch(pod.urlOf('/draft'));
    const cookie = headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect(cookie).toContain('__prerender_bypass=');
    const before = (await pod.probe()).keys.made;
    for (const [shape = '', folder = ''] of shapes) {
      if (folder === '/old' || folder === '/handler') continue;
      const { id, name, path } = post(folder);
      const draft = publish(name);
      const page = await (await fetch(pod.urlOf(path), { headers: { cookie } })).text();
      expect(page, shape).toContain(`rendered:${draft}`);
      const version = publish(name);
      const { pages = [] } = await push({ tag: `wp:post:${id}` }, elsewhere);
      expect(pages).not.toContain(path);
      expect(await (await pod.pages()).text()).not.toContain(`"${path}"`);
      expect((await pod.probe()).keys.made).toEqual(before);
      // What visitors get is made for them.
      expect(await versionAt(path)).toBe(version);
      Object.assign(before, (await pod.probe()).keys.made);
    }
  });

  it('a page that is made for each visitor leaves none, either', async () => {
    const { pod, publish, push, versionAt } = visited;
    const { id, name, path } = post('/mine');
    const version = publish(name);
    const before = (await pod.probe()).keys.made;
    expect(await versionAt(path)).toBe(version);
    expect((await push({ tag: `wp:post:${id}` }, elsewhere)).pages ?? []).not.toContain(path);
    expect(await (await pod.pages()).text()).not.toContain(`"${path}"`);
    expect((await pod.probe()).keys.made).toEqual(before);
  });

  it('those of which nobody knows it are visited, behind those that carry a key', async () => {
    const { publish, push, make, versionAt } = visited;
    const [mine, blind] = [post('/plain'), post('/plain', null)];
    for (const { name, path } of [blind, mine]) {
      publish(name);
      await versionAt(path);
    }
    // More often asked for.
    await versionAt(blind.path);
    const version = publish(blind.name);
    const { pages } = await push({ tag: `wp:post:${mine.id}` }, elsewhere);
    expect(pages).toContain(blind.path);
    expect(pages?.indexOf(mine.path)).toBeLessThan(pages?.indexOf(blind.path) ?? 0);
    expect(await make(blind.path)).toMatchObject({ result: 'made' });
    expect(await versionAt(blind.path)).toBe(version);
  });

  it('a page of the Pages Router is visited for its keys, too', async () => {
    const { publish, push, versionAt } = visited;
    const { id, name, path } = post('/old');
    publish(name);
    await versionAt(path);
    expect((await push({ tag: `wp:post:${id}` })).pages).toContain(path);
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
    const wrong = posts.filter(({ id, path }) => keysOf.get(path)?.join() !== `_E_K_known,_E_K_p${id}`);
    expect(wrong.map(({ path }) => [path, keysOf.get(path)])).toEqual([]);
  });

  describe('where it is set which host the content comes from', () => {
    let set: Visited;
    beforeAll(async () => {
      const app = await buildApp(variant);
      set = await startVisited(app, {}, ({ origin }) => ({ EVERYPOD_ORIGIN_URL: origin.url }));
    });
    afterAll(() => set?.stop());

    it('the keys of others are not believed, and what was made from theirs goes with each change', async () => {
      const { origin, second, publish, push, versionAt } = set;
      origin.names('known', 'p1');
      second.names('rates', 'p2');
      const version = publish('known');
      expect(await versionAt('/rates/known')).toBe(version);
      const asked = [origin.asked('known'), second.asked('rates')];
      await push({ tag: 'wp:post:3' }, elsewhere);
      expect(await versionAt('/rates/known')).toBe(version);
      expect([origin.asked('known'), second.asked('rates') - 1]).toEqual(asked);
    });

    it('that host gives keys from the first answer on', async () => {
      const { publish, push, versionAt } = set;
      const version = publish('silent');
      expect(await versionAt('/rates/silent')).toBe(version);
      publish('silent');
      await push({ tag: 'wp:post:3' }, elsewhere);
      expect(await versionAt('/rates/silent')).toBe(version + 1);
    });
  });

  it('a pod that hears no keys says so in its answers, and why, until it does', async () => {
    const silent = await startVisited(await buildApp(variant));
    const { pod, origin, publish, push, versionAt } = silent;
    expect((await push({ tag: 'wp:post:1' })).keyless).toBeUndefined();
    publish('silent');
    await versionAt('/plain/silent');
    expect((await push({ tag: 'wp:post:1' })).keyless).toBe('none given');
    await push(elsewhere);
    expect((await push({ tag: 'wp:post:1' })).keyless).toBe('taken away');
    expect((await pod.probe()).keys.keyless).toBe('taken away');
    origin.names('silent', 'p1');
    await versionAt('/plain/silent');
    expect((await push({ tag: 'wp:post:2' })).keyless).toBeUndefined();
    await silent.stop();
  });
}
