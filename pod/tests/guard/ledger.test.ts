import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/guard/ledger.ts';

const ledgerOf = (tagsAtMost = 100, keysAtMost = 100, share = 0) =>
  new Ledger({ tagsAtMost, keysAtMost, share });

describe('what began to be made', () => {
  it.each([
    ['before its tag was invalidated', ['a'], true],
    ['before another tag was', ['b'], false],
    ['with that among many tags', ['x', 'y', 'a'], true],
    ['without tags', [], false],
  ])('%s: gone and late is %s', (_, tags, is) => {
    const ledger = ledgerOf();
    const begun = ledger.tick;
    ledger.invalidate(['a']);
    expect(ledger.isGone(tags, begun)).toBe(is);
    expect(ledger.isLate(tags, begun)).toBe(is);
  });

  it('after its tag was invalidated is neither, at whatever time that was', () => {
    const ledger = ledgerOf();
    ledger.invalidate(['a']);
    expect(ledger.isGone(['a'], ledger.tick)).toBe(false);
    expect(ledger.isLate(['a'], ledger.tick)).toBe(false);
  });

  it('between two invalidations is gone by the second', () => {
    const ledger = ledgerOf();
    ledger.invalidate(['a']);
    const begun = ledger.tick;
    ledger.invalidate(['a']);
    expect(ledger.isGone(['a'], begun)).toBe(true);
  });

  it('before its tag became old may be served, but not stored', () => {
    const ledger = ledgerOf();
    const begun = ledger.tick;
    ledger.invalidate(['a'], { soft: true });
    expect(ledger.isGone(['a'], begun)).toBe(false);
    expect(ledger.isLate(['a'], begun)).toBe(true);
  });
});

describe('a full ledger', () => {
  it('forgets the older half of its tags, and takes what is older than those for gone', () => {
    const ledger = ledgerOf(10);
    for (let of = 1; of <= 10; of += 1) ledger.invalidate([`t${of}`]);
    expect(ledger.isGone(['other'], 0)).toBe(false);
    ledger.invalidate(['t11']);
    expect(ledger.tickOf('t1')).toBe(0);
    expect(ledger.tickOf('t11')).toBe(11);
    for (let tick = 0; tick < 11; tick += 1) {
      for (const tag of ['t1', 't6', 'other']) {
        const isGone = ledger.isGone([tag], tick);
        // Whatever was invalidated after that tick, forgotten or not.
        if (tag !== 'other' && Number(tag.slice(1)) > tick) expect(isGone, `${tag} at ${tick}`).toBe(true);
      }
    }
    expect(ledger.isGone(['other'], 5)).toBe(true);
    expect(ledger.isGone(['other'], 6)).toBe(false);
  });

  it('keeps a tag that is invalidated again and again', () => {
    const ledger = ledgerOf(10);
    for (let of = 1; of <= 1_000; of += 1) ledger.invalidate(['home', `t${of}`]);
    expect(ledger.tickOf('home')).toBe(1_000);
  });

  it('forgets the older half of its keys, which then count as made before anything was invalidated', () => {
    const ledger = ledgerOf(100, 10);
    ledger.invalidate(['a']);
    for (let of = 1; of <= 11; of += 1) ledger.keep(`k${of}`, { tick: 1, revalidate: null, atMs: 0 });
    expect(ledger.kept('k1')).toBeUndefined();
    expect(ledger.kept('k11')).toEqual({ tick: 1, revalidate: null, atMs: 0 });
  });

  it('forgets at a moment of each pod’s own', () => {
    const forgottenAt = (share: number) => {
      const ledger = ledgerOf(900, 100, share);
      for (let of = 1; ; of += 1) {
        ledger.invalidate([`t${of}`]);
        if (ledger.tickOf('t1') === 0) return of;
      }
    };
    expect([0, 0.5, 1].map(forgottenAt)).toEqual([901, 751, 601]);
  });
});

describe('what was invalidated is gone for good', () => {
  /** In turn: `a` and `b` invalidate that tag, `make` is a making that begins there, a number is settled up to that tick. */
  type Step = 'a' | 'b' | 'make' | number;
  const afterSteps = (steps: readonly Step[]) => {
    const ledger = ledgerOf();
    let begun = 0;
    for (const step of steps) {
      if (typeof step === 'number') ledger.settle(step);
      else if (step === 'make') begun = ledger.tick;
      else ledger.invalidate([step]);
    }
    return ledger.isGoneForGood(['a'], begun);
  };

  it.each<{ when: string; steps: Step[]; is: boolean }>([
    { when: 'not before it has settled', steps: ['make', 'a'], is: false },
    { when: 'once it has', steps: ['make', 'a', 1], is: true },
    { when: 'not by what else has settled', steps: ['make', 'b', 1, 'a'], is: false },
    { when: 'not by what has settled before', steps: ['a', 'make', 1], is: false },
    {
      when: 'sooner than it must be, as ticks between are not remembered',
      steps: ['a', 'make', 'b', 'a', 2],
      is: true,
    },
    {
      when: 'by an older invalidation that has, though a newer has not',
      steps: ['make', 'a', 1, 'a'],
      is: true,
    },
    { when: 'not where neither of two has', steps: ['make', 'a', 'a'], is: false },
    { when: 'where the older of two has since the newer came', steps: ['make', 'a', 'a', 1], is: true },
    { when: 'not where it was made between the two', steps: ['a', 'make', 'a', 1], is: false },
    { when: 'where the oldest of three has', steps: ['make', 'a', 'a', 'a', 1], is: true },
    { when: 'where the one in the middle has', steps: ['a', 'make', 1, 'a', 'a', 2], is: true },
    { when: 'where all have', steps: ['make', 'a', 'a', 'a', 3], is: true },
    { when: 'not where it was made since', steps: ['a', 'a', 2, 'make', 'a'], is: false },
  ])('$when', ({ steps, is }) => {
    expect(afterSteps(steps)).toBe(is);
  });

  it('once any invalidation of it since its making has settled, in whatever order all that came', () => {
    // The same walks at each run.
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let walk = 0; walk < 500; walk += 1) {
      const ledger = ledgerOf();
      const invalidated: number[] = [];
      let settled = 0;
      for (let step = 0; step < 12; step += 1) {
        if (next(3) === 0) {
          settled += next(ledger.tick - settled + 1);
          ledger.settle(settled);
        } else {
          const tag = next(2) === 0 ? 'a' : 'b';
          const tick = ledger.invalidate([tag]);
          if (tag === 'a') invalidated.push(tick);
        }
        for (let begun = 0; begun <= ledger.tick; begun += 1) {
          const hasSettled = invalidated.some((tick) => tick > begun && tick <= settled);
          const isGone = ledger.isGoneForGood(['a'], begun);
          if (hasSettled) expect({ walk, step, begun, isGone }).toMatchObject({ isGone: true });
          // Ticks between are not remembered, so more may count as settled; never what nothing has invalidated since.
          if (isGone) expect(ledger.isGone(['a'], begun)).toBe(true);
        }
      }
    }
  });

  it('at once where it vanishes, and not what is made after that', () => {
    const ledger = ledgerOf();
    ledger.vanish(['a']);
    ledger.invalidate(['a', 'b']);
    const later = ledger.tick;
    ledger.invalidate(['a']);
    expect(ledger.isGoneForGood(['a'], 0)).toBe(true);
    expect(ledger.isGoneForGood(['b'], 0)).toBe(false);
    expect(ledger.isGoneForGood(['a'], later)).toBe(false);
  });

  it('at once, all of it, where nobody knows what vanishes, and not what is made after that', () => {
    const ledger = ledgerOf();
    ledger.vanishAll();
    ledger.invalidate(['a']);
    const later = ledger.tick;
    ledger.invalidate(['a']);
    for (const tags of [['a'], ['b'], []]) {
      expect(ledger.isGoneForGood(tags, 0)).toBe(true);
      expect(ledger.isGoneForGood(tags, later)).toBe(false);
    }
  });

  it('where it may have been forgotten what vanished', () => {
    const ledger = ledgerOf(10);
    ledger.vanish(['a']);
    ledger.invalidate(['a']);
    for (let of = 1; of <= 10; of += 1) {
      ledger.vanish([`t${of}`]);
      ledger.invalidate([`t${of}`]);
    }
    expect(ledger.isGoneForGood(['a'], 0)).toBe(true);
  });
});
