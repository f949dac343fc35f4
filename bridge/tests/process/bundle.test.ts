import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the bundle that the image holds', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['bridge/build.mjs'], { cwd: root });
  });

  it('A21 carries the licence of every package that is in it', () => {
    const licences = read('bridge/dist/THIRD-PARTY-LICENCES.txt');
    // esbuild names the file that each part came from.
    const parts = read('bridge/dist/main.mjs').matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
    const packages = new Set([...parts].map(([, name = '']) => name));

    expect(packages.size).toBeGreaterThan(5);
    for (const name of packages) {
      const folder = `node_modules/${name}`;
      const licence = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file)) ?? 'none';
      expect(licences).toContain(`${name}\n\n${read(`${folder}/${licence}`)}`);
    }
  });
});

describe('the image is built from', () => {
  const ignored = dockerIgnore(read('.dockerignore'));

  it('A21 what its Dockerfile copies', () => {
    const copied = [...read('bridge/Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
      ([, sources = '']) => sources.split(' '),
    );
    expect(copied).toContain('package-lock.json');
    for (const source of copied) {
      const files = globSync([source, `${source}/**`], { cwd: root, exclude: ['**/node_modules'] });
      expect([source, files.some((file) => !ignored(file))]).toEqual([source, true]);
    }
  });

  it.each(['bridge/src/main.ts', 'contract/src/index.ts', 'bridge/licences.mjs'])('A21 %s', (path) => {
    expect(ignored(path)).toBe(false);
  });

  it.each([
    ...['.git/config', '.env', '.everypod/state/secrets.json', 'node_modules/hono/package.json'],
    ...[
      'bridge/node_modules/a/b.js',
      'bridge/dist/main.mjs',
      'contract/tests/a.test.ts',
      'wp-plugin/everypod.php',
    ],
    ...['bridge/.env', 'bridge/journal.sqlite', 'bridge/journal.sqlite-wal'],
  ])('A21 and nothing like %s', (path) => {
    expect(ignored(path)).toBe(true);
  });
});

/** As Docker reads it: the last pattern that matches a path, or a folder that it lies in, decides. */
function dockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const pattern = line.replace(/^!/, '').replace(/[.]/g, '\\.');
      const body = pattern.replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'));
      return { hides: !line.startsWith('!'), matches: new RegExp(`^${body}(?:/|$)`) };
    });
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.hides ?? false;
}
