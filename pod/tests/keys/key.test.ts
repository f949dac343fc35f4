import { describe, expect, it } from 'vitest';
import { keyTagsOfWord, parseKeys, withKeyTags } from '../../src/keys/key.ts';
import { Reads } from '../../src/keys/reads.ts';

describe('what WordPress says of an answer', () => {
  it.each([
    ['p8', ['p8']],
    ['p8,t2,hAbC_-1234567,f', ['p8', 't2', 'hAbC_-1234567', 'f']],
    ['p*,t*,h*', ['p*', 't*', 'h*']],
    ['-', []],
  ])('is read: %s', (header, keys) => {
    expect(parseKeys(header)).toEqual(keys);
  });

  it.each([
    ['nothing', ''],
    ['a space', 'p8, t2'],
    ['an end that is missing', 'p8,'],
    ['no number', 'p'],
    ['a number that nobody has', `p${'1'.repeat(21)}`],
    ['another number', 'p-8'],
    ['a kind that is not known', 'u3'],
    ['capitals', 'P8'],
    ['a hash that was cut', 'hAbC'],
    ['a hash that is none', 'hAbC_-123456='],
    ['a line break', 'p8\n'],
    ['the words of an event', 'wp:post:8'],
    ['more than any answer says', `p1${',p2'.repeat(1_400)}`],
  ])('is not believed with %s', (_, header) => {
    expect(parseKeys(header)).toBeNull();
  });
});

it.each([
  ['wp:post:8', ['_E_K_p8', '_E_K_p*']],
  ['wp:term:2', ['_E_K_t2', '_E_K_t*']],
  ['wp:#AbC_-1234567', ['_E_K_hAbC_-1234567', '_E_K_h*']],
  ['wp:front-page', ['_E_K_f']],
  ['wp:author:3', []],
  ['wp:post:8x', []],
  ['my:wp:post:8', []],
  ['post', []],
])("an event's tag %s is of the pages that were made from it", (tag, keys) => {
  expect(keyTagsOfWord(tag)).toEqual(keys);
});

it('the tags themselves stay what they are', () => {
  expect(withKeyTags(['mine', 'wp:front-page'])).toEqual(['mine', 'wp:front-page', '_E_K_f']);
});

describe('what was read for a page', () => {
  it('is all that its answers say', () => {
    const reads = new Reads();
    for (const header of ['p8,f', 'p9', 'p8', '-', null, undefined, 'not a key']) reads.note(header);
    expect(reads.tags()).toEqual(['_E_K_p8', '_E_K_f', '_E_K_p9']);
    expect(reads.header()).toBe('p8,f,p9');
  });

  it('is nothing where no answer says anything', () => {
    const reads = new Reads();
    reads.note('-');
    expect([reads.tags(), reads.header()]).toEqual([[], null]);
  });

  it('is told of what was computed from it in a form that is believed again, however much it is', () => {
    const reads = new Reads();
    for (let id = 100_000; id < 100_900; id += 1) reads.note(`p${id},t2`);
    expect(reads.tags()).toHaveLength(901);
    expect(parseKeys(reads.header() ?? '')).toEqual(['p*', 't*']);
  });

  it('is a kind as a whole where that is too much to name', () => {
    const reads = new Reads();
    for (let id = 0; id < 2_500; id += 1) reads.note(`p${id},f`);
    reads.note('t2');
    expect(reads.tags()).toContain('_E_K_p*');
    expect(reads.tags()).toContain('_E_K_t2');
    expect(reads.tags().length).toBeLessThan(1_001);
  });
});
