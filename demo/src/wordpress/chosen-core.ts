import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { Trouble } from '../trouble.ts';
import { unpackCore, unzipCore } from './core.ts';

const usualVersion = 'beta';

/** The parts of another site's content that are that site's, not WordPress's. */
const notCore = [
  'wp-config.php',
  ...['plugins', 'mu-plugins', 'uploads', 'database', 'upgrade', 'cache', 'db.php'].map((name) =>
    join('wp-content', name),
  ),
];

/**
 * Puts the core that was asked for into a folder of ours, where the configuration can lie beside it.
 * @param from a folder or a zip with WordPress; null for the core that comes from npm
 * @returns the version in words, such as `6.6.2`
 * @throws {Trouble} when there is no usable WordPress in it
 */
export async function placeCore({ from, into }: { from: string | null; into: string }): Promise<string> {
  const wanted = from === null ? `npm ${usualVersion}` : await identityOf(resolve(from));
  const stamp = `${into}.from`;
  const placed = await readFile(stamp, 'utf8').catch(() => '');
  if (placed !== wanted || !existsSync(into)) {
    await rm(into, { recursive: true, force: true });
    if (from === null) await unpackCore({ version: usualVersion, into });
    else if (from.endsWith('.zip')) await unzipCore({ archive: resolve(from), into });
    else await copyCore(resolve(from), into);
    // Each runtime puts the demo's own content in this place, in its own way.
    const brought = broughtContent(into);
    await rm(brought, { recursive: true, force: true });
    await rename(join(into, 'wp-content'), brought);
    await writeFile(stamp, wanted);
  }
  return versionOf(into, from);
}

/** Where the content that came with a core lies: its themes, above all. */
export const broughtContent = (core: string) => `${core}-content`;

async function identityOf(from: string): Promise<string> {
  const found = await stat(from.endsWith('.zip') ? from : join(from, 'wp-includes', 'version.php')).catch(
    () => null,
  );
  if (!found)
    throw new Trouble(`WORDPRESS_CORE=${from} is not a WordPress: it has no wp-includes/version.php.`);
  return `${from} ${found.mtimeMs} ${found.size}`;
}

async function copyCore(from: string, into: string): Promise<void> {
  await cp(from, into, {
    recursive: true,
    filter: (file) => {
      const inside = relative(from, file);
      return (
        !notCore.includes(inside) && !inside.split(sep).includes('.git') && basename(file) !== 'node_modules'
      );
    },
  });
}

async function versionOf(core: string, from: string | null): Promise<string> {
  const source = await readFile(join(core, 'wp-includes', 'version.php'), 'utf8').catch(() => '');
  const version = /\$wp_version\s*=\s*'([^']+)'/.exec(source)?.[1];
  if (!version)
    throw new Trouble(`WORDPRESS_CORE=${from} is not a WordPress: it has no wp-includes/version.php.`);
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (major < 6 || (major === 6 && minor < 6)) {
    throw new Trouble(`WordPress ${version} is too old: the plugin needs 6.6 or newer.`);
  }
  return version;
}
