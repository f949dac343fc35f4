import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../src/command.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const neededMajor = 24;
const old = findOldNode();

describe('A script of this repository', () => {
  it.each(Object.entries(scripts))('A21 is handed to a Node that can run it: npm run %s', (_name, script) => {
    expect(script).toMatch(/^(node setup\/with-node-24\.mjs|npm run) /);
  });

  // What it prints shows that the program itself was reached.
  it.skipIf(old === undefined).each([
    ['start', '--help', 'npm start'],
    ['test', '--list', 'e2e'],
    ['types', '--list', 'types'],
    ['lint', '--list', 'repository'],
    ['unit', '--list', 'unit'],
    ['e2e', '--list', 'e2e'],
    ['fix', '--list', 'lint'],
    ['test:faults', '--help', '--minutes'],
    ['bench', '--list', 'push'],
    ['bridge', '', 'EVERYPOD_PODS'],
    ['pictures', '--list', 'everypod.picture.ts'],
  ])('A21 runs where node is an older one: npm run %s -- %s', async (name, argument, said) => {
    expect(await onOldNode(`${scripts[name]} ${argument}`)).toContain(said);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'everypod-old-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As npm starts a script in a clone whose node_modules holds no program yet: `node` is the machine's own. */
async function onOldNode(script: string): Promise<string> {
  const node = join(folder, 'node');
  if (!existsSync(node)) symlinkSync(old ?? '', node);
  const shell = spawn('sh', ['-c', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'test',
      HOME: folder,
      PATH: [folder, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    },
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  await new Promise((resolve) => shell.once('close', resolve));
  return said;
}

function findOldNode(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((place) => join(place, 'node'))
    .filter((program) => existsSync(program))
    .find((program) => {
      const major = Number.parseInt(execFileSync(program, ['--version'], { encoding: 'utf8' }).slice(1), 10);
      return major >= 20 && major < neededMajor;
    });
}
