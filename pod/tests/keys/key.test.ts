import { describe, expect, it } from 'vitest';
import { Givers, type Said } from '../../src/keys/givers.ts';
import { keysHeader, keyTagsOfWord, readKeys, withKeyTags } from '../../src/keys/key.ts';
import { Reads } from '../../src/keys/reads.ts';

describe('what WordPress says of an answer', () => {
  it.each([
    ['p8', ['p8']],
    ['p8,t2,hAbC_-1234567,f', ['p8', 't2', 'hAbC_-1234567', 'f']],
    ['p*,t*,h*', ['p*', 't*', 'h*']],
    ['-', []],
    ['@shop,p8,t2,hAbC_-1234567,f', ['s@shop', 'p8@shop', 't2@shop', 'hAbC_-1234567', 'f@shop']],
    ['s@shop,p8@shop,p8,p*@shop', ['s@shop', 'p8@shop', 'p8', 'p*@shop']],
  ])('is read: %s', (header, keys) => {
    expect(readKeys(header)).toEqual(keys);
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
    ['a site that has no name', '@,p8'],
    ['a site whose name is too long', `@${'s'.repeat(17)},p8`],
    ['two sites', '@shop,@news,p8'],
    ['a site as a whole that has no name', 's'],
    ['the words of an event', 'wp:post:8'],
    ['more than any answer says', `p1${',p2'.repeat(1_400)}`],
  ])('is not believed with %s', (_, header) => {
    expect(readKeys(header)).toBe(header.length > 4_100 ? 'too long' : 'malformed');
  });
});

it.each([
  ['wp:post:8', ['_E_K_p8', '_E_K_p*']],
  ['wp:term:2', ['_E_K_t2', '_E_K_t*']],
  ['wp:#AbC_-1234567', ['_E_K_hAbC_-1234567', '_E_K_h*', '_E_K_blind']],
  ['wp:front-page', ['_E_K_f']],
  ['wp@shop:post:8', ['_E_K_p8@shop', '_E_K_p*@shop', '_E_K_blind']],
  ['wp@shop:front-page', ['_E_K_f@shop', '_E_K_blind']],
  ['wp@shop:site', ['_E_K_s@shop', '_E_K_blind']],
  ['wp:site', []],
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

it('what nobody knows the making of is named once, whatever an event names', () => {
  const tags = withKeyTags(['wp:#AbC_-1234567', 'wp:#AbC_-1234568']);
  expect(tags.filter((tag) => tag === '_E_K_blind')).toHaveLength(1);
});

const wordpress = 'https://wordpress.example';
const other = 'https://rates.example';

describe('a host', () => {
  it('gives keys from its first answer on that has some', () => {
    const givers = new Givers();
    expect(givers.said(wordpress, {})).toEqual({ kind: 'silent', host: 'wordpress.example' });
    expect(givers.said(wordpress, { [keysHeader]: ['p8'] })).toEqual({ kind: 'keys', keys: ['p8'] });
    expect(givers.said(wordpress, {})).toEqual({ kind: 'blind', why: 'missing' });
    expect(givers.said(`http://wordpress.example/elsewhere`, {})).toMatchObject({ kind: 'blind' });
    expect(givers.said(other, {})).toMatchObject({ kind: 'silent' });
  });

  it('that is set is the only one that is believed', () => {
    const givers = new Givers();
    givers.believeOnly(`${wordpress}/blog`);
    expect(givers.said(other, { [keysHeader]: ['p8'] })).toEqual({ kind: 'blind', why: 'another host' });
    expect(givers.said(other, {})).toMatchObject({ kind: 'silent' });
    expect(givers.said(wordpress, {})).toEqual({ kind: 'blind', why: 'missing' });
    expect(givers.said(wordpress, { [keysHeader]: ['p8', 'p9'] })).toEqual({
      kind: 'blind',
      why: 'repeated',
    });
  });
});

describe("another plugin's header", () => {
  const given = () => {
    const givers = new Givers();
    givers.learn(wordpress);
    return givers;
  };
  const hash = '0'.repeat(64);

  it.each<[string, string, string, Said]>([
    [
      'of one post, by its global id',
      'x-graphql-keys',
      `${hash} graphql:Query operation:GetPost cG9zdDo4`,
      { kind: 'keys', keys: ['p8'] },
    ],
    [
      'of posts and terms',
      'x-graphql-keys',
      'cG9zdDo4 dGVybToy cG9zdDo4',
      { kind: 'keys', keys: ['p8', 't2'] },
    ],
    ['with a list', 'x-graphql-keys', 'list:post cG9zdDo4', { kind: 'blind', why: 'not read', keys: ['p8'] }],
    ['with a user', 'x-graphql-keys', 'dXNlcjox cG9zdDo4', { kind: 'blind', why: 'not read', keys: ['p8'] }],
    [
      'with nothing that is read',
      'x-graphql-keys',
      `${hash} graphql:Query`,
      { kind: 'blind', why: 'not read', keys: [] },
    ],
    ["of Pantheon's", 'surrogate-key', 'post-8 term-2', { kind: 'keys', keys: ['p8', 't2'] }],
    [
      "of Pantheon's, with a user",
      'surrogate-key',
      'post-8 user-1 home',
      { kind: 'blind', why: 'not read', keys: ['p8'] },
    ],
  ])('%s is understood where ours is missing', (_, name, header, said) => {
    expect(given().said(wordpress, { [name]: [header] })).toEqual(said);
    expect(given().said(wordpress, { [name]: [header], [keysHeader]: ['p9'] })).toMatchObject({
      keys: ['p9'],
    });
  });

  it("of a cache by tag is not looked at where it may be another API's", () => {
    expect(given().said(other, { 'surrogate-key': ['products'] })).toMatchObject({ kind: 'silent' });
    expect(given().said(other, { 'surrogate-key': ['post-8'] })).toMatchObject({ kind: 'silent' });
  });

  it('leaves what it says, and that it is not all', () => {
    const givers = given();
    const reads = new Reads(givers);
    reads.note(givers.said(wordpress, { 'x-graphql-keys': ['list:post cG9zdDo4'] }));
    expect([reads.standing(), reads.tags(), reads.header()]).toEqual([
      'not read',
      ['_E_K_blind', '_E_K_p8'],
      'p8',
    ]);
  });
});

describe('what was read for a page', () => {
  const keys = (header: string): Said => new Givers().said(wordpress, { [keysHeader]: [header] });

  it('is all that its answers say', () => {
    const reads = new Reads(new Givers());
    for (const header of ['p8,f', 'p9', 'p8', '-']) reads.note(keys(header));
    expect(reads.tags()).toEqual(['_E_K_known', '_E_K_p8', '_E_K_f', '_E_K_p9']);
    expect(reads.header()).toBe('p8,f,p9');
  });

  it('is known where it is nothing', () => {
    const reads = new Reads(new Givers());
    reads.note(keys('-'));
    expect([reads.tags(), reads.header(), reads.standing()]).toEqual([['_E_K_known'], '-', 'known']);
  });

  it('is not known where nothing was heard, or one answer of such a host says nothing', () => {
    const givers = new Givers();
    const reads = new Reads(givers);
    expect([reads.tags(), reads.header()]).toEqual([['_E_K_blind'], null]);
    reads.note(givers.said(other, {}));
    expect(reads.standing()).toBe('nothing heard');
    reads.note(givers.said(wordpress, { [keysHeader]: ['p8'] }));
    expect(reads.standing()).toBe('known');
    reads.note(givers.said(wordpress, {}));
    expect([reads.tags(), reads.standing()]).toEqual([['_E_K_blind', '_E_K_p8'], 'missing']);
  });

  it('is not known, whichever of its answers came first', () => {
    const givers = new Givers();
    const reads = new Reads(givers);
    reads.note(givers.said(wordpress, {}));
    reads.note(givers.said(wordpress, { [keysHeader]: ['p8'] }));
    expect(reads.standing()).toBe('missing');
  });

  it('is told of what was computed from it in a form that is believed again, however much it is', () => {
    const reads = new Reads(new Givers());
    for (let id = 100_000; id < 100_900; id += 1) reads.note(keys(`p${id},t2`));
    expect(reads.tags()).toHaveLength(902);
    expect(readKeys(reads.header() ?? '')).toEqual(['p*', 't*']);
  });

  it('is a kind as a whole where that is too much to name', () => {
    const reads = new Reads(new Givers());
    for (let id = 0; id < 2_500; id += 1) reads.note(keys(`p${id},f`));
    reads.note(keys('t2'));
    expect(reads.tags()).toContain('_E_K_p*');
    expect(reads.tags()).toContain('_E_K_t2');
    expect(reads.tags().length).toBeLessThan(1_002);
  });
});
