import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagesGuardOf, tagsOfPagesKey } from '../../src/guard/pages-router.ts';

let build: string;
beforeAll(() => {
  build = mkdtempSync(join(tmpdir(), 'everypod-pages-'));
  mkdirSync(join(build, 'server'));
  const pages = { '/': 'pages/index.js', '/old/[slug]': 'pages/old/[slug].js', '/_app': 'pages/_app.js' };
  writeFileSync(join(build, 'server/pages-manifest.json'), JSON.stringify(pages));
  writeFileSync(
    join(build, 'routes-manifest.json'),
    JSON.stringify({ i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }),
  );
});
afterAll(() => rmSync(build, { recursive: true }));

const hash = 'a'.repeat(64);
const tagsOf = (key: string) => tagsOfPagesKey(key, join(build, 'server'));

describe('a page of the Pages Router is meant by', () => {
  it.each([
    ['its path', `/route-cache/PAGES/${hash}/$/en/old/a`, '_N_T_/en/old/a'],
    ['its path, of an older version', '/en/old/a', '_N_T_/en/old/a'],
    ['its path without its locale', '/de/old/a', '_N_T_/old/a'],
    ['its route', '/de/old/a', '_N_T_/old/[slug]/page'],
    ['a layout above it', '/de/old/a', '_N_T_/old/layout'],
    ['the layout of its route', '/de/old/a', '_N_T_/old/[slug]/layout'],
    ['everything', '/de/old/a', '_N_T_/layout'],
    ['its path, encoded', '/old/α', '_N_T_/old/%CE%B1'],
    ['its path, encoded as WordPress does', '/old/α', '_N_T_/old/%ce%b1'],
    ['the front page', '/index', '_N_T_/'],
    ['the front page of a locale', '/de', '_N_T_/'],
    ['the front page by its file', '/index', '_N_T_/index'],
    ['a page that is called index', '/index/index', '_N_T_/index'],
  ])('%s', (_, key, tag) => {
    expect(tagsOf(key)).toContain(tag);
  });

  it.each([
    ['another path', '/en/old/a', '_N_T_/old/b'],
    ['a path that begins like it', '/en/old/ab', '_N_T_/old/a'],
    ['a layout beside it', '/en/old/a', '_N_T_/new/layout'],
    ['the front page', '/en/old/a', '_N_T_/'],
    ['a path that begins like a locale', '/english/a', '_N_T_/glish/a'],
  ])('and not by %s', (_, key, tag) => {
    expect(tagsOf(key)).not.toContain(tag);
  });
});

it.each([
  [null, 'left alone'],
  ['15.1.12', 'left alone'],
  ['15.4.9', 'left alone'],
  ['15.5.0', 'none there'],
  ['15.5.29', 'none there'],
  ['16.0.11', 'none there'],
  ['16.3.7', 'none there'],
  ['16.3.8', 'made before the answer'],
  ['16.4.6', 'made before the answer'],
  ['17.0.0', 'made before the answer'],
])('an expired page is, with Next.js %s, %s', (version, how) => {
  expect(pagesGuardOf(version)).toBe(how);
});
