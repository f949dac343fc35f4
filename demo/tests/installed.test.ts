import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readInstalled } from '../../setup/installed.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'everypod-installed-'));
  await mkdir(join(root, 'node_modules'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const locked = {
  '': { name: 'root' },
  demo: { name: '@everypod/demo', version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
};
const a = locked['node_modules/a'];

async function upToDate(present: object | null): Promise<boolean> {
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: locked }));
  const note = join(root, 'node_modules', '.package-lock.json');
  if (present) await writeFile(note, JSON.stringify({ packages: present }));
  return (await readInstalled({ root })).upToDate;
}

it.each([
  ['nothing was installed', null, false],
  ['everything for this platform is there', { 'node_modules/a': a }, true],
  ['everything at all is there', locked, true],
  ['a package is missing', { 'node_modules/b': a }, false],
  ['a package has another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
  ['a package has other contents', { 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false],
  [
    'an optional package has another version',
    { 'node_modules/a': a, 'node_modules/other-platform': { version: '2.0.0', integrity: 'sha512-o' } },
    false,
  ],
])('when %s, up to date is: %s, %s', async (_, present, expected) => {
  expect(await upToDate(present)).toBe(expected);
});
