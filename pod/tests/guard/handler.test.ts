import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardOfProcess } from '../../src/guard/guard.ts';
import { guard } from '../../src/guard/handler.ts';
import type { Entry, GetContext, Handler, SetContext, Value } from '../../src/guard/next-cache.ts';

/** A store that keeps whatever it is given, as long as nobody asks it to forget: all that is old is up to the guard. */
let stored: Map<string, Entry>;
let forgotten: string[][];

class Store implements Handler {
  async get(key: string, _: GetContext) {
    return stored.get(key) ?? null;
  }
  async set(key: string, value: Value | null, _: SetContext) {
    stored.set(key, { value, lastModified: Date.now() });
  }
  async revalidateTag(tags: string | string[]) {
    forgotten.push([tags].flat());
  }
}
const Guarded = guard(Store);
const request = () => new Guarded({ dev: false });

beforeEach(() => {
  stored = new Map();
  forgotten = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
});

let made = 0;
/** Each test has a page, a tag and a name of its own: the ledger is one for the process. */
function fresh(name: string): string {
  made += 1;
  return `${name}-${made}`;
}
const page = (text: string, ...tags: string[]): Value => ({
  kind: 'APP_PAGE',
  html: text,
  headers: { 'x-next-cache-tags': tags.join(',') },
});
const asPage = { kind: 'APP_PAGE', cacheControl: { revalidate: false as const } };
const asFetch = (...tags: string[]) => ({ fetchCache: true, tags });
const read = (...tags: string[]) => ({ kind: 'FETCH', tags });
const invalidate = (...tags: string[]) => request().revalidateTag(tags);

describe('a page', () => {
  it('that is made while its tag is invalidated is not stored', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = request();
    await render.get(key, asPage);
    await invalidate(tag);
    await render.set(key, page('old', tag), asPage);
    expect(stored.has(key)).toBe(false);
  });

  it.each<[string, Value | null]>([
    ['a page', { kind: 'PAGES', html: 'old', pageData: {} }],
    ['one that is not there', null],
  ])(
    'of the Pages Router whose path is invalidated meanwhile is not stored, where Next.js says no kind then: %s',
    async (_, value) => {
      const key = fresh('/p');
      const render = request();
      await render.get(key, { kind: 'PAGES' });
      await invalidate(`_N_T_${key}`);
      await render.set(key, value, { cacheControl: { revalidate: false } });
      expect(stored.has(key)).toBe(false);
    },
  );

  it('that is made after that is stored, and served', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    await invalidate(tag);
    const render = request();
    await render.get(key, asPage);
    await render.set(key, page('new', tag), asPage);
    expect((await request().get(key, asPage))?.value?.html).toBe('new');
  });

  it('that was stored in the very millisecond of the invalidation is not served', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = request();
    await render.get(key, asPage);
    await render.set(key, page('old', tag), asPage);
    await invalidate(tag);
    expect(await request().get(key, asPage)).toBeNull();
  });

  it('of the build, of which nothing is known, is not served once its tag is invalidated', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    stored.set(key, { value: page('built', tag), lastModified: Date.now() + 3_600_000 });
    expect(await request().get(key, asPage)).not.toBeNull();
    await invalidate(tag);
    expect(await request().get(key, asPage)).toBeNull();
  });

  it('that is invalidated while it is read from the store is not served', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    stored.set(key, { value: page('old', tag) });
    const reading = request().get(key, asPage);
    await invalidate(tag);
    expect(await reading).toBeNull();
  });

  it('of before is not stored again after a failed render as if it were new', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const first = request();
    await first.get(key, asPage);
    await first.set(key, page('old', tag), asPage);
    await new Guarded({}).revalidateTag([tag], { expire: 3_600 });
    const render = request();
    const retained = await render.get(key, asPage);
    await render.set(key, retained?.value ?? null, asPage);
    const again = request();
    await again.get(key, asPage);
    // Stored as new it would be newer than the invalidation, and so be taken by any later one for what it is not.
    expect(stored.get(key)?.value).toBe(retained?.value);
    expect(guardOfProcess().ledger.kept(key)?.tick).toBeLessThan(guardOfProcess().tick);
  });

  it.each([
    ['could not be stored', false],
    ['was replaced by one that was read from disk meanwhile', true],
  ])('that is new but %s leaves the old one none the newer', async (_, isReplaced) => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const built = { value: page('built', tag), lastModified: Date.now() - 60_000 };
    stored.set(key, built);
    await invalidate(tag);
    const render = request();
    expect(await render.get(key, asPage)).toBeNull();
    const failing = vi.spyOn(Store.prototype, 'set');
    if (!isReplaced) failing.mockRejectedValue(new Error('EROFS'));
    await render.set(key, page('new', tag), asPage).catch(() => {});
    failing.mockRestore();
    if (isReplaced) stored.set(key, built);
    expect(await request().get(key, asPage)).toBeNull();
  });

  it('that took longer does not replace one that began later', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const slow = request();
    await slow.get(key, asPage);
    await invalidate(tag);
    const quick = request();
    await quick.get(key, asPage);
    await quick.set(key, page('new', tag), asPage);
    await slow.set(key, page('old'), asPage);
    expect(stored.get(key)?.value?.html).toBe('new');
  });
});

describe('a fetch', () => {
  it('that two pages share, and that carries no tag, is old for the page that was invalidated', async () => {
    const [key, ofA] = [fresh('f'), fresh('_N_T_/a')];
    const other = request();
    await other.get(key, { kind: 'FETCH', softTags: ['_N_T_/b'] });
    await invalidate(ofA);
    await other.set(key, { kind: 'FETCH', data: 'old' }, asFetch());
    const render = request();
    expect(await render.get(key, { kind: 'FETCH', softTags: [ofA] })).toBeNull();
    await render.set(key, { kind: 'FETCH', data: 'new' }, asFetch());
    expect((await request().get(key, { kind: 'FETCH', softTags: [ofA] }))?.value?.data).toBe('new');
  });

  it('that is under way while its tag is invalidated is not stored', async () => {
    const [key, tag] = [fresh('f'), fresh('t')];
    const render = request();
    await render.get(key, read(tag));
    await invalidate(tag);
    await render.set(key, { kind: 'FETCH', data: 'old' }, asFetch(tag));
    expect(stored.has(key)).toBe(false);
  });

  it.each([
    ['under 2 MB is stored', 2_000_000, true],
    ['over 2 MB is not, as where Next.js has its own cache', 2_200_000, false],
  ])('%s', async (_, characters, is) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const key = fresh('f');
    await request().set(key, { kind: 'FETCH', data: 'x'.repeat(characters) }, asFetch());
    expect(stored.has(key)).toBe(is);
    expect(warn).toHaveBeenCalledTimes(is ? 0 : 1);
    warn.mockRestore();
  });
});

describe('what is handed on as it is', () => {
  it('an image, whatever was invalidated', async () => {
    const [key, tag] = [fresh('i'), fresh('t')];
    const image = { kind: 'IMAGE', headers: { 'x-next-cache-tags': tag } };
    const asking = request();
    await asking.get(key, { kind: 'IMAGE' });
    await invalidate(tag);
    await asking.set(key, image, { kind: 'IMAGE' });
    expect((await request().get(key, { kind: 'IMAGE' }))?.value).toBe(image);
  });

  it.each([
    ['a build', { NEXT_PHASE: 'phase-production-build' }, false],
    ['the edge', { NEXT_RUNTIME: 'edge' }, false],
    ['next dev', {}, true],
  ])('all of %s', async (_, environment, dev) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const [key, tag] = [fresh('/p'), fresh('t')];
    const { tick } = guardOfProcess();
    const render = new Guarded({ dev });
    await render.get(key, asPage);
    await new Guarded({ dev }).revalidateTag([tag]);
    await render.set(key, page('kept', tag), asPage);
    expect((await new Guarded({ dev }).get(key, asPage))?.value?.html).toBe('kept');
    expect(guardOfProcess().tick).toBe(tick);
  });

  it('each invalidation, to the inner handler', async () => {
    const tag = fresh('t');
    await invalidate(tag);
    expect(forgotten).toEqual([[tag]]);
  });

  it('but not the tags by which the pod finds its own applications', async () => {
    const tag = fresh('t');
    await invalidate(tag, 'everypod:heard:1');
    await invalidate('everypod:heard:2');
    expect(forgotten).toEqual([[tag]]);
    expect(guardOfProcess().tickOf('everypod:heard:2')).toBe(guardOfProcess().tick);
  });
});

describe('in a store that pods share', () => {
  const Shared = guard(Store, { shared: true });
  const asking = () => new Shared({});

  it('an entry of another pod is left to the store', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    await asking().revalidateTag([tag]);
    stored.set(key, { value: page('of another', tag) });
    expect((await asking().get(key, asPage))?.value?.html).toBe('of another');
  });

  it('one of its own is not, nor is it stored late', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = asking();
    await render.get(key, asPage);
    await render.set(key, page('own', tag), asPage);
    const late = asking();
    await late.get(key, asPage);
    await asking().revalidateTag([tag]);
    expect(await asking().get(key, asPage)).toBeNull();
    await late.set(key, page('late', tag), asPage);
    expect(stored.get(key)?.value?.html).toBe('own');
  });
});

describe('what is stored in a store that pods share', () => {
  let given: SetContext[];
  class Keeping extends Store {
    override async set(key: string, value: Value | null, context: SetContext) {
      given.push(context);
      await super.set(key, value, context);
    }
  }
  const Shared = guard(Keeping, { shared: true });
  const asking = () => new Shared({});
  const byAnother = (value: Value): Value => ({ ...value, everypod: { life: 'another', tick: 0 } });

  beforeEach(() => {
    given = [];
  });

  it('a page that this pod has made once and another since is left to the store', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = asking();
    await render.get(key, asPage);
    await render.set(key, page('own', tag), asPage);
    await asking().revalidateTag([tag]);
    stored.set(key, { value: byAnother(page('of another', tag)), lastModified: Date.now() + 1 });
    expect((await asking().get(key, asPage))?.value?.html).toBe('of another');
  });

  it('a page carries how long it is good, for pods that have not made it', async () => {
    const key = fresh('/p');
    const render = asking();
    await render.get(key, asPage);
    await render.set(key, page('own'), { ...asPage, cacheControl: { revalidate: 60 } });
    expect((await asking().get(key, asPage))?.cacheControl).toEqual({ revalidate: 60 });
  });

  it('a page that nobody asked for is not: it comes from a build', async () => {
    const key = fresh('/p');
    await asking().set(key, page('built'), asPage);
    expect(stored.has(key)).toBe(false);
  });

  it('what a route handler answers has its tags where any handler looks for them', async () => {
    const [key, tag] = [fresh('/r'), fresh('t')];
    const render = asking();
    await render.get(key, { kind: 'APP_ROUTE' });
    await render.set(key, { ...page('answer', tag), kind: 'APP_ROUTE' }, {});
    expect(given.at(-1)?.tags).toEqual([tag]);
  });

  it('a fetch has the tags of the page that it was made for', async () => {
    const [key, tag, ofA] = [fresh('f'), fresh('t'), fresh('_N_T_/a')];
    const render = asking();
    await render.get(key, { kind: 'FETCH', tags: [tag], softTags: [ofA] });
    await render.set(key, { kind: 'FETCH', data: 'new' }, asFetch(tag));
    expect(given.at(-1)?.tags).toEqual([tag, ofA]);
  });

  it('a fetch without a tag is not, where the page that it was made for was invalidated meanwhile', async () => {
    const [key, ofA] = [fresh('f'), fresh('_N_T_/a')];
    const render = asking();
    await render.get(key, { kind: 'FETCH', softTags: [ofA] });
    await asking().revalidateTag([ofA]);
    await render.set(key, { kind: 'FETCH', data: 'old' }, asFetch());
    expect(stored.has(key)).toBe(false);
  });

  it('by another pod is not served where it is invalidated while it is read', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    stored.set(key, { value: byAnother(page('of another', tag)) });
    const reading = asking().get(key, asPage);
    await Promise.resolve();
    const telling = asking().revalidateTag([tag]);
    expect(await reading).toBeNull();
    await telling;
  });

  it('is taken out again where it met an invalidation on its way', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = asking();
    await render.get(key, asPage);
    const storing = render.set(key, page('old', tag), asPage);
    guardOfProcess().ledger.invalidate([tag]);
    await storing;
    expect(forgotten).toEqual([[tag]]);
  });
});

describe('a render that began before an invalidation', () => {
  const capMs = 10_000;
  const open = (tick: number) => guardOfProcess().before(tick, capMs);

  it('is waited for until it is stored', async () => {
    const [key, tag] = [fresh('/p'), fresh('t')];
    const render = request();
    await render.get(key, asPage);
    await invalidate(tag);
    const { tick } = guardOfProcess();
    expect(open(tick).map(({ path }) => path)).toContain(key);
    const ended = vi.fn();
    const forget = guardOfProcess().onEnd(ended);
    await render.set(key, page('old', tag), asPage);
    expect(open(tick).map(({ path }) => path)).not.toContain(key);
    expect(ended).toHaveBeenCalledOnce();
    forget();
  });

  it('is none where the page that is stored is still good', async () => {
    const key = fresh('/p');
    const render = request();
    await render.get(key, asPage);
    await render.set(key, page('good'), asPage);
    await request().get(key, asPage);
    await invalidate(fresh('t'));
    expect(open(guardOfProcess().tick).map(({ path }) => path)).not.toContain(key);
  });

  it('is one that goes on behind a page whose time is up', async () => {
    const key = fresh('/p');
    stored.set(key, {
      value: page('old'),
      lastModified: Date.now() - 5_000,
      cacheControl: { revalidate: 1 },
    });
    const render = request();
    await render.get(key, asPage);
    await invalidate(fresh('t'));
    expect(open(guardOfProcess().tick).map(({ path }) => path)).toContain(key);
    await render.set(key, page('new'), asPage);
    expect(open(guardOfProcess().tick).map(({ path }) => path)).not.toContain(key);
  });
});
