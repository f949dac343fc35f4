import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry, GetContext, Handler, SetContext, Value } from '../../src/guard/next-cache.ts';
import { type Announcing, SharedStore } from '../../src/guard/shared-store.ts';

/** A store that forgets what carries a tag, as Redis handlers do; `broken` swallows what goes wrong, as some do too. */
class Store implements Handler {
  readonly entries = new Map<string, { entry: Entry; tags: readonly string[] }>();
  readonly forgotten: string[] = [];
  broken: 'nothing' | 'forgetting' | 'keeping' | 'all' = 'nothing';

  async get(key: string, _: GetContext): Promise<Entry | null> {
    return this.broken === 'all' ? null : (this.entries.get(key)?.entry ?? null);
  }
  async set(key: string, value: Value | null, { tags = [] }: SetContext): Promise<void> {
    if (this.broken === 'nothing' || this.broken === 'forgetting')
      this.entries.set(key, { entry: { value }, tags });
  }
  async revalidateTag(tags: string | string[]): Promise<void> {
    if (this.broken === 'forgetting' || this.broken === 'all') return;
    const all = [tags].flat();
    this.forgotten.push(...all.filter((tag) => !tag.startsWith('everypod:')));
    for (const [key, { tags: own }] of this.entries)
      if (own.some((tag) => all.includes(tag))) this.entries.delete(key);
  }
}

let store: Store;
const at = (seq: number, epoch = 'first') => ({ epoch, seq });

function pod() {
  const shared = new SharedStore();
  shared.use(store);
  return {
    shared,
    /** What a push from `seq - 1` to `seq` does. */
    async applies(seq: number, tags: readonly string[], { sinceMs = 0 } = {}): Promise<boolean> {
      await shared.look(at(seq));
      const announcing: Announcing = {
        batch: [{ covered: shared.covers(at(seq)), reaches: at(seq), sinceMs }],
      };
      return shared.handOn(store, tags, undefined, announcing);
    },
  };
}

beforeEach(() => {
  store = new Store();
});

describe('a change that two pods apply', () => {
  it('is handed on by the one that comes first, and by no other', async () => {
    expect(await pod().applies(2, ['t'])).toBe(true);
    expect(await pod().applies(2, ['t'])).toBe(true);
    expect(store.forgotten).toEqual(['t']);
  });

  it('is handed on again where the first died before it had moved the cursor', async () => {
    store.broken = 'keeping';
    await pod().applies(2, ['t']);
    store.broken = 'nothing';
    await pod().applies(2, ['t']);
    expect(store.forgotten).toEqual(['t', 't']);
  });

  it.each(['forgetting', 'all'] as const)(
    'moves no cursor where the store takes nothing in silence (%s)',
    async (what) => {
      store.broken = what;
      const first = pod();
      expect(await first.applies(2, ['t'])).toBe(false);
      expect(first.shared.covers(at(2))).toBe(false);
      store.broken = 'nothing';
      await pod().applies(2, ['t']);
      expect(store.forgotten).toEqual(['t']);
    },
  );

  it('is handed on by the second too for what that has stored since it last knew all', async () => {
    await pod().applies(2, ['t', 'u']);
    const second = pod();
    second.shared.written.note(['t'], 100);
    second.shared.written.note(['u'], 99);
    await second.applies(2, ['t', 'u'], { sinceMs: 100 });
    expect(store.forgotten).toEqual(['t', 'u', 't']);
  });

  it('of the app itself is always handed on', async () => {
    await pod().applies(2, ['t']);
    await pod().shared.handOn(store, ['t'], undefined, {});
    expect(store.forgotten).toEqual(['t', 't']);
  });

  it('in two calls moves the cursor once both are taken', async () => {
    const { shared } = pod();
    const announcing: Announcing = { batch: [{ covered: false, reaches: at(2), sinceMs: 0 }] };
    const both = [['t'], ['u']].map((tags) => shared.handOn(store, tags, undefined, announcing));
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(store.forgotten).toEqual(['t', 'u']);
    expect(shared.covers(at(2))).toBe(true);
  });
});

describe('a pod that is born', () => {
  it('finds how far the store has been told', async () => {
    await pod().applies(2, ['t']);
    const { shared } = pod();
    await shared.look(at(2));
    expect([1, 2, 3].map((seq) => shared.covers(at(seq)))).toEqual([true, true, false]);
  });

  it.each([
    ['a store that has been told of nothing', () => undefined, at(1)],
    ['one of another journal', () => pod().applies(2, ['t']), at(1, 'second')],
  ])('finds nothing in %s', async (_, before, wanted) => {
    await before();
    const { shared } = pod();
    await shared.look(wanted);
    expect(shared.covers(wanted)).toBe(false);
  });

  it('finds a position that the store has been at, though its cursor has been put back', async () => {
    await pod().applies(3, ['t']);
    await pod().shared.follow(at(2));
    const { shared } = pod();
    await shared.look(at(3));
    expect(shared.covers(at(3))).toBe(true);
  });
});

describe('what the store has not been told', () => {
  it('it lacks from the moment on in which it is told, until it has taken it', async () => {
    const { shared } = pod();
    const announcing: Announcing = { batch: [{ covered: false, reaches: at(2), sinceMs: 0 }] };
    const telling = shared.handOn(store, ['t'], undefined, announcing);
    expect([shared.lacks(['t']), shared.lacks(['u'])]).toEqual([true, false]);
    await shared.ready();
    expect(shared.lacks(['t'])).toBe(false);
    await telling;
  });

  it('it still lacks where it has not taken it', async () => {
    const { shared, applies } = pod();
    store.broken = 'forgetting';
    await applies(2, ['t']);
    await shared.ready();
    expect(shared.lacks(['t'])).toBe(true);
  });

  it('is made up for by everything', async () => {
    const { shared, applies } = pod();
    store.broken = 'forgetting';
    await applies(2, ['t']);
    store.broken = 'nothing';
    await applies(3, ['_N_T_/layout']);
    expect(shared.lacks(['t'])).toBe(false);
  });
});
