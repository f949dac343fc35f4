import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './places.ts';

/** A copy of the demo's blog for the system to run, with routes of its own: each from where it lies under `app` to where it is to. */
export function copyBlog(folder: string, moved: Record<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, 'demo', 'blog'), folder, {
    recursive: true,
    filter: (file) => !['node_modules', '.next'].includes(basename(file)),
  });
  for (const [from, to] of Object.entries(moved)) {
    mkdirSync(join(folder, 'app', to, '..'), { recursive: true });
    renameSync(join(folder, 'app', from), join(folder, 'app', to));
  }
  process.env.EVERYPOD_BLOG = folder;
}
