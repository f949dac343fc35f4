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
