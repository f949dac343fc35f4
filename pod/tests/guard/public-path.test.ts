import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAsked } from '../../src/guard/makings.ts';
import { tagsOfPublicPath } from '../../src/guard/public-path.ts';
import { Givers } from '../../src/keys/givers.ts';

const asking = (path: string) => newAsked({ path, givers: new Givers() });

let build: string;
beforeAll(() => {
  build = mkdtempSync(join(tmpdir(), 'everypod-public-path-'));
  mkdirSync(join(build, 'server'));
  writeFileSync(join(build, 'routes-manifest.json'), JSON.stringify({ basePath: '/docs' }));
});
afterAll(() => rmSync(build, { recursive: true }));

it.each([
  ['a page', '/hello', '/hello'],
  ['the front page', '/', '/'],
  ['with a query', '/hello?from=a-link', '/hello'],
  ['with a slash at its end', '/hello/', '/hello'],
  ['not ASCII, as it was asked for', '/caf%c3%a9', '/caf%c3%a9'],
  ['what a client renders it from', '/hello?_rsc=1x2y3', '/hello'],
  ['the same as a file', '/hello.rsc', '/hello'],
  ['its data, in the Pages Router', '/_next/data/build-id/hello.json?slug=hello', '/hello'],
  ['the data of the front page', '/_next/data/build-id/index.json', '/'],
  ['a page that is called so', '/index', '/index'],
  ['a feed, whose address ends as data does', '/feed.json', '/feed.json'],
  ['what comes without an address', '', '/'],
])('is of %s', (_, asked, path) => {
  expect(tagsOfPublicPath(asking(asked), undefined)).toEqual([`_N_T_${path}`]);
});

it.each([
  ['/docs/hello', '/hello'],
  ['/docs', '/'],
  ['/docs/_next/data/build-id/hello.json', '/hello'],
  ['/docsearch', '/docsearch'],
])('leaves out where the app lies: %s', (asked, path) => {
  expect(tagsOfPublicPath(asking(asked), join(build, 'server'))).toEqual([`_N_T_${path}`]);
});

it('is of nobody where requests are not followed', () => {
  expect(tagsOfPublicPath(undefined, undefined)).toEqual([]);
});
