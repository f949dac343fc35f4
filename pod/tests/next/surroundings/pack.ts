import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
/** What the package is made of, and by. */
const sources = [
  ...['pod/src', 'pod/bin', 'fan-out/src', 'contract/src'],
  ...['pod/build.mjs', 'pod/package.json', 'pod/tsconfig.types.json', 'pod/README.md'],
  ...['bridge/licences.mjs', 'tsconfig.json', 'package-lock.json'],
];
/** A pack takes seconds. Whoever has held the place for longer was killed. */
const abandonedMs = 120_000;
const waitMs = 100;

/**
 * What `npm pack` gives is what users install. Suites that run side by side want it at the same time, and each would build it
 * under the others' hands: so one packs, and the others take that, as long as nothing has changed since.
 *
 * @param into the folder that it is kept in
 */
export function packPackage(into: string): string {
  mkdirSync(into, { recursive: true });
  return alone(join(into, 'packing'), () => {
    const kept = readdirSync(into).find((name) => /^everypod-.*\.tgz$/.test(name));
    if (kept !== undefined && statSync(join(into, kept)).mtimeMs > newest(sources)) return join(into, kept);
    const fresh = join(into, 'packed-now');
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh);
    execFileSync('npm', ['pack', '-w', 'everypod', '--silent', '--pack-destination', fresh], {
      cwd: root,
      shell: process.platform === 'win32',
    });
    const [name = ''] = readdirSync(fresh);
    if (kept !== undefined && kept !== name) rmSync(join(into, kept));
    renameSync(join(fresh, name), join(into, name));
    rmSync(fresh, { recursive: true });
    return join(into, name);
  });
}

/** Folders count, too: by them it shows that a file is gone. */
function newest(paths: readonly string[]): number {
  const all = paths.flatMap((path) => {
    const inside = statSync(join(root, path)).isDirectory()
      ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
      : [];
    return [path, ...inside.map((name) => join(path, name))];
  });
  return Math.max(...all.map((path) => statSync(join(root, path)).mtimeMs));
}

/** A folder can be made by one process alone. */
function alone<T>(place: string, act: () => T): T {
  while (!takes(place)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  try {
    return act();
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function takes(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch {
    const since = statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > abandonedMs) rmSync(place, { recursive: true, force: true });
    return false;
  }
}
