import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage } from './surroundings/build.ts';

describe('the package, as next.config loads it', () => {
  let project: string;
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'everypod-package-'));
    const folder = join(project, 'node_modules/everypod');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['xzf', packPackage(), '-C', folder, '--strip-components', '1']);
  });
  afterAll(() => rmSync(project, { recursive: true }));

  it.each([
    ['by require, where Node.js requires no ES modules', ['--no-experimental-require-module'], 'require'],
    ['by require, where it does', [], 'require'],
    ['by import', [], 'await import'],
  ])('A14 %s', (_, flags, by) => {
    const program = `(async () => {
      const { withEverypod } = ${by}('everypod/next');
      console.log(JSON.stringify(withEverypod({ env: { MINE: '1' } })));
    })()`;
    const said = execFileSync(process.execPath, [...flags, '-e', program], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toEqual({
      cacheHandler: expect.stringMatching(/everypod.dist.cache-handler\.js$/),
      env: { MINE: '1', EVERYPOD_BUILD: expect.any(String) },
    });
  });
});
