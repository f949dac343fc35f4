import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltApp, packPackage, type Variant } from './build.ts';

const apps = join(import.meta.dirname, '../../apps');

/** What installs a workspace, and how it asks for another package of the same one. */
export const managers = {
  pnpm: {
    install: ['exec', '--yes', '--', 'pnpm@12.21.0', 'install', '--ignore-scripts'],
    ours: 'workspace:*',
  },
  npm: { install: ['install', '--no-audit', '--no-fund'], ours: '*' },
} as const;
export type Manager = keyof typeof managers;

/**
 * The app as one of a workspace's packages, outside of this repository: installed, built, and its standalone output put
 * where an image would have it. The workspace is gone by then, so nothing is found in it that the output lacks.
 */
export function buildInMonorepo(manager: Manager, variant: Variant, version: string): BuiltApp {
  const workspace = mkdtempSync(join(tmpdir(), `everypod-${manager}-`));
  const web = join(workspace, 'apps/web');
  layOut(workspace, web, manager, version, variant);
  const { install } = managers[manager];
  execFileSync('npm', install, { cwd: workspace, stdio: 'inherit', shell: process.platform === 'win32' });
  const startedAt = new Date().toISOString();
  const hoisted = manager === 'npm' ? workspace : web;
  execFileSync(process.execPath, [join(hoisted, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const image = mkdtempSync(join(tmpdir(), `everypod-${manager}-image-`));
  renameSync(join(web, '.next/standalone'), join(image, 'standalone'));
  rmSync(workspace, { recursive: true });
  return {
    variant,
    project: image,
    folder: join(image, 'standalone/apps/web'),
    startedAt,
    endedAt: new Date().toISOString(),
  };
}

function layOut(
  workspace: string,
  web: string,
  manager: Manager,
  next: string,
  { pages, config }: Variant,
): void {
  const ui = join(workspace, 'packages/ui');
  for (const folder of [web, ui]) mkdirSync(folder, { recursive: true });
  cpSync(packPackage(), join(workspace, 'everypod.tgz'));
  write(join(workspace, 'package.json'), { private: true, workspaces: ['apps/*', 'packages/*'] });
  if (manager === 'pnpm') {
    const lines = ['packages: [apps/*, packages/*]', 'ignoredBuiltDependencies: [sharp]', ''];
    writeFileSync(join(workspace, 'pnpm-workspace.yaml'), lines.join('\n'));
  }
  write(join(ui, 'package.json'), { name: '@everypod-tests/ui', version: '1.0.0', main: 'index.js' });
  writeFileSync(join(ui, 'index.js'), 'module.exports = {};\n');
  cpSync(join(apps, pages), web, { recursive: true });
  cpSync(join(apps, 'site/tsconfig.json'), join(web, 'tsconfig.json'));
  cpSync(join(apps, 'site/app'), join(web, 'app'), { recursive: true });
  // As its users would write it: with no more than it takes.
  const settings =
    "{ output: 'standalone', outputFileTracingRoot: new URL('../..', import.meta.url).pathname }";
  const lines = [
    "import { withEverypod } from 'everypod/next';",
    `export default withEverypod(${settings});`,
    '',
  ];
  writeFileSync(join(web, config), lines.join('\n'));
  write(join(web, 'package.json'), {
    name: 'web',
    private: true,
    dependencies: {
      next,
      react: '19.3.1',
      'react-dom': '19.3.1',
      everypod: 'file:../../everypod.tgz',
      '@everypod-tests/ui': managers[manager].ours,
    },
    devDependencies: { typescript: '5.9.3', '@types/react': '^19.0.0', '@types/node': '^24.0.0' },
  });
}

function write(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content));
}
