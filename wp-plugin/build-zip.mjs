/** Makes dist/everypod.zip, which wp-admin installs: what the plugin runs with, and nothing else. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

const plugin = dirname(fileURLToPath(import.meta.url));
const destination = resolve(plugin, '../dist/everypod.zip');
const parts = ['everypod.php', 'uninstall.php', 'readme.txt', 'LICENSE', 'includes', 'build', 'languages'];

const missing = parts.filter((part) => !existsSync(join(plugin, part)));
if (missing.length > 0) {
  console.error(
    `${missing.join(', ')} is missing in wp-plugin. Run \`npm run build:plugin\`, which builds the scripts first.`,
  );
  process.exit(1);
}

const files = {};
for (const part of parts) await add(part);
await mkdir(dirname(destination), { recursive: true });
// The same bytes for the same files: no time of this build goes in.
await writeFile(destination, zipSync(files, { level: 9, mtime: new Date(1980, 0, 2) }));
console.log(`${destination} (${Object.keys(files).length} files)`);

async function add(part) {
  const path = join(plugin, part);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    files[`everypod/${part}`] = new Uint8Array(await readFile(path));
    return;
  }
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name)))
    await add(`${part}/${entry.name}`);
}
