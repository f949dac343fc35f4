import { describe, expect, it } from 'vitest';
import { howFarInShort } from '../../src/editor/how-far-in-short.ts';
import { delivery } from './delivery-fixtures.ts';

describe('the title of the panel', () => {
  it('says nothing of a post that was never sent', () => {
    expect(howFarInShort({ configured: true, visible: true, unsent: false, delivery: null })).toBeNull();
  });

  it('says how far the last change has got', () => {
    expect(
      howFarInShort({
        configured: true,
        visible: true,
        unsent: false,
        delivery: delivery({ state: 'dead' }),
      }),
    ).toBe('given up');
  });

  it('never passes the report of an earlier change for that of one that was kept back', () => {
    expect(howFarInShort({ configured: true, visible: true, unsent: true, delivery: delivery({}) })).toBe(
      'not sent',
    );
  });
});
