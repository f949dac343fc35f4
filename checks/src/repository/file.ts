import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../command.ts';

/** A file of the repository; paths are relative to its root. What is not text has none here. */
export interface RepositoryFile {
  path: string;
  text: string;
}

/** A rule looks at all files and answers one sentence per fault. */
export interface Rule {
  says: string;
  faults: (files: RepositoryFile[]) => string[];
}

const binary = /\.(png|ico|jpg|webp|woff2?|zip|tgz|mo)$/;

/** Everything that is committed or would be, as it stands on disk. */
export function readRepository(): RepositoryFile[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '')
    .filter((path) => existsSync(join(root, path)) && lstatSync(join(root, path)).isFile())
    .map((path) => ({ path, text: binary.test(path) ? '' : readFileSync(join(root, path), 'utf8') }));
}

/** `path:line` and the match, for each match of the pattern. */
export function findInFiles(files: RepositoryFile[], pattern: RegExp): { where: string; match: string }[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match) => ({
      where: `${path}:${text.slice(0, match.index).split('\n').length}`,
      match: match[0],
    })),
  );
}
