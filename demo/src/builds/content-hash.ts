import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Made by tools, so it says nothing about what they are made from. */
const made = new Set(['node_modules', '.next', 'dist', 'build', 'tests']);

/** A name for what these files and folders hold now: the same content gives the same name, on any machine. */
export async function contentHash(paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await add(hash, path, '');
  return hash.digest('hex').slice(0, 16);
}

async function add(hash: ReturnType<typeof createHash>, path: string, name: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) return;
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((one) => !made.has(one)).sort();
    for (const one of names) await add(hash, join(path, one), `${name}/${one}`);
  } else {
    const bytes = await readFile(path);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
}
