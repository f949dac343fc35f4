import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Versions that no ordinary install brings along, each in a folder of its own. */
const folder = join(import.meta.dirname, '../../../../.everypod/next-versions');

/** The manifest beside which a version of Next.js is installed, now if it has not been yet. */
export function manifestOfNext(version: string): string {
  const own = join(folder, version);
  const manifest = join(own, 'package.json');
  if (!existsSync(join(own, 'node_modules/next/package.json'))) {
    mkdirSync(own, { recursive: true });
    writeFileSync(manifest, JSON.stringify({ private: true, dependencies: { next: version } }));
    const options = { cwd: own, stdio: 'inherit', shell: process.platform === 'win32' } as const;
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'], options);
  }
  return manifest;
}
