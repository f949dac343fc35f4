import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

const require = createRequire(import.meta.url);
const buildsFolder = dirname(require.resolve('@wp-playground/wordpress-builds/package.json'));

/** The WordPress cores that come with the npm package: 6.6 (`beta`) and 6.7 (`nightly`). */
export type CoreVersion = 'beta' | 'nightly';

/**
 * Unpacks a WordPress core from npm into a folder, unless it is there already.
 * The package keeps PHP in a zip and static files beside it; both together are a whole core.
 * @returns the folder, which nobody writes to afterwards: content lies elsewhere
 */
export async function unpackCore({ version, into }: { version: CoreVersion; into: string }): Promise<string> {
  const archive = join(buildsFolder, 'src', 'wordpress', `wp-${version}.zip`);
  const staticFiles = join(buildsFolder, 'public', `wp-${version}`);
  return unpackOnce(into, async (folder) => {
    await unzip(archive, folder);
    await cp(staticFiles, folder, { recursive: true });
  });
}

/** Unpacks a WordPress core from a zip, such as wordpress.org's, whose files lie in a folder `wordpress`. */
export async function unzipCore({ archive, into }: { archive: string; into: string }): Promise<string> {
  return unpackOnce(into, (folder) => unzip(archive, folder, 'wordpress/'));
}

/**
 * Unpacks the SQLite drop-in that Playground carries: the plugin folder whose `db.copy` is the drop-in.
 * @returns the plugin's folder
 */
export async function unpackSqlite({ into }: { into: string }): Promise<string> {
  const archive = join(
    dirname(require.resolve('@wp-playground/cli/package.json')),
    'sqlite-database-integration.zip',
  );
  const folder = await unpackOnce(into, (fresh) => unzip(archive, fresh));
  return join(folder, 'plugin-sqlite-database-integration');
}

/** Fills a folder beside its place and then moves it there, so that a half-filled one is never mistaken for whole. */
async function unpackOnce(into: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(into)) return into;
  const unfinished = `${into}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await fill(unfinished);
  await rename(unfinished, into).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster, with the same files.
    if (!existsSync(into)) throw error;
  });
  return into;
}

async function unzip(archive: string, folder: string, leadingFolder = ''): Promise<void> {
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(archive)))) {
    const path = join(folder, name.startsWith(leadingFolder) ? name.slice(leadingFolder.length) : name);
    if (name.endsWith('/')) {
      await mkdir(path, { recursive: true });
    } else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
  }
}
