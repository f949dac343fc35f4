import { newSecret, parseSecrets } from '@everypod/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { CdnTags } from '../../src/cdn/cdn-tags.ts';
import { namesOfEntry } from '../../src/cdn/names.ts';
import { limits } from '../../src/limits.ts';
import { builtWith } from './built.ts';

const secret = newSecret();
const removed: (() => void)[] = [];
afterEach(() => {
  for (const remove of removed.splice(0)) remove();
});

function cdnOf(header: unknown = 'Cache-Tag', secrets = secret): CdnTags {
  const { serverDistDir, remove } = builtWith(header);
  removed.push(remove);
  const cdn = new CdnTags();
  cdn.readBuild(serverDistDir);
  if (secrets !== '') cdn.hashBy(parseSecrets(secrets));
  return cdn;
}

const known = '_E_K_known';
const keys = (kind: string, count: number, site = '') =>
  Array.from({ length: count }, (_, nth) => `_E_K_${kind}${nth + 1}${site}`);
const hashes = (count: number) =>
  Array.from({ length: count }, (_, nth) => `_E_K_h${String(nth).padStart(12, '0')}`);
const own = (count: number) => Array.from({ length: count }, (_, nth) => `item:${nth}`);
const ofPage = ['_N_T_/layout', '_N_T_/hello'];

/** The tags of the answer that an entry with these tags is given in. */
const saidOf = (tags: readonly string[], cdn = cdnOf()) => cdn.said(namesOfEntry(tags)).split(/[, ]/);
/** Whether an event with this tag purges it. */
const goes = (tags: readonly string[], word: string, cdn = cdnOf()) => {
  const purged = new Set(cdn.purging([word]));
  return saidOf(tags, cdn).some((one) => purged.has(one));
};

describe('An answer goes from a CDN by tag', () => {
  const page = [known, ...ofPage, '_E_K_p8', '_E_K_t2', '_E_K_hAbC_-123456z', 'item:1'];
  it.each<[string, readonly string[], string, boolean]>([
    ['with its post', page, 'wp:post:8', true],
    ['and not with another', page, 'wp:post:88', false],
    ['with a term', page, 'wp:term:2', true],
    ['with what has a hash alone', page, 'wp:#AbC_-123456z', true],
    ['and not with another hash', page, 'wp:#AbC_-123456y', false],
    ['with a tag of the app’s own', page, 'item:1', true],
    ['with its path', page, '_N_T_/hello', true],
    ['that names a kind alone, with each of it', [known, '_E_K_p*'], 'wp:post:31337', true],
    ['and with no other kind', [known, '_E_K_p*'], 'wp:term:31337', false],
    ['of another site, with that', [known, '_E_K_p8@shop', '_E_K_s@shop'], 'wp@shop:post:8', true],
    ['and not with the first', [known, '_E_K_p8@shop', '_E_K_s@shop'], 'wp:post:8', false],
    ['that is blind, with each event of who gives keys', ['_E_K_blind', ...ofPage], 'wp:#other_______', true],
    ['and not with one of who gives none', ['_E_K_blind', ...ofPage], 'wp:post:8', false],
    ['that was stored before anyone learned, with every event', ofPage, 'wp:post:8', true],
    ['that has no tags at all, too', [], 'posts', true],
  ])('%s', (_, tags, word, does) => {
    expect(goes(tags, word)).toBe(does);
  });

  it('and its header tells no visitor an id, nor what can be found by trying all', () => {
    const first = saidOf(page);
    expect(first.join()).not.toMatch(/p8|t2|AbC|item|hello/);
    expect(first).toHaveLength(page.length - 1);
    expect(first.filter((one) => !/^[0-9a-f]{12}$/.test(one))).toEqual([]);
    expect(saidOf(page, cdnOf('Cache-Tag', newSecret())).filter((one) => first.includes(one))).toEqual([]);
  });
});

describe('So many tags', () => {
  it.each<[string, readonly string[], number]>([
    ['as fit are all said', [known, ...ofPage, ...keys('p', 126)], 128],
    [
      'of posts that they do not fit are one, and terms stay',
      [known, ...ofPage, ...keys('p', 125), ...keys('t', 2)],
      5,
    ],
    [
      'of hashes that they do not fit are one, and posts stay',
      [known, ...ofPage, ...hashes(500), ...keys('p', 20)],
      23,
    ],
    ['of two kinds are two', [known, ...ofPage, ...keys('p', 200), ...hashes(200)], 4],
    ['of the app’s own are any event', [known, ...ofPage, ...own(200), ...keys('p', 5)], 1],
  ])('%s', (_, tags, count) => {
    const said = saidOf(tags);
    expect(said).toHaveLength(count);
    // What was made from it is found all the same.
    for (const word of ['wp:post:1', '_N_T_/hello'])
      if (tags.some((tag) => tag.endsWith('p1') || tag === word)) expect(goes(tags, word)).toBe(true);
  });

  it.each([
    [[known, ...ofPage, ...keys('p', 1_000), ...keys('t', 1_000), ...hashes(1_000), ...own(1_000)]],
    [[known, ...ofPage, ...keys('p', 300, '@shop'), ...keys('p', 300), ...keys('t', 300)]],
    [[known, ...own(limits.cdnTagsPerAnswer)]],
  ])('never weigh more than any CDN and nginx take', (tags) => {
    const header = cdnOf().said(namesOfEntry(tags));
    expect(header.length).toBeLessThanOrEqual(1_700);
    expect(header.split(',').length).toBeLessThanOrEqual(128);
    expect(header.split(',').every((one) => one.length <= 128)).toBe(true);
  });
});

it.each([
  ['Cache-Tag', ','],
  ['Edge-Cache-Tag', ','],
  ['Netlify-Cache-Tag', ','],
  ['Surrogate-Key', ' '],
])('%s has "%s" between two', (header, between) => {
  expect(cdnOf(header).said(namesOfEntry([known, '_E_K_p8', '_E_K_p9']))).toMatch(
    new RegExp(`^[0-9a-f]{12}${between}[0-9a-f]{12}$`),
  );
});

it.each<[string, unknown]>([
  ['nobody has asked for one', null],
  ['it is no name', 7],
  ['it is of no kind that is known', 'X-Tags'],
])('there is no header where %s', (_, header) => {
  expect(cdnOf(header).header).toBeNull();
});

it('without a secret, by which nothing can be hashed, an answer goes with every event', () => {
  expect(cdnOf('Cache-Tag', '').said(namesOfEntry([known, '_E_K_p8']))).toBe('everypod');
  expect(cdnOf('Cache-Tag', '').purging(['wp:post:8'])).toEqual(['everypod']);
});

it('while a secret is exchanged, what was said by the former one is purged, too', () => {
  const next = newSecret();
  const before = saidOf([known, '_E_K_p8'], cdnOf('Cache-Tag', secret));
  const after = cdnOf('Cache-Tag', `${next} ${secret}`);
  expect(saidOf([known, '_E_K_p8'], after)).toEqual(saidOf([known, '_E_K_p8'], cdnOf('Cache-Tag', next)));
  expect(after.purging(['wp:post:8'])).toEqual(expect.arrayContaining(before));
  after.hashBy(parseSecrets(next));
  expect(after.purging(['wp:post:8']).filter((one) => before.includes(one))).toEqual([]);
});
