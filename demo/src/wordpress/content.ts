import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { broughtContent } from './chosen-core.ts';
import { unpackSqlite } from './core.ts';

const siteFolder = join(dirname(fileURLToPath(import.meta.url)), 'site');

/** What `everypod.zip` ships; tests, sources and tools stay out, as they do on a real site. */
const pluginParts = ['everypod.php', 'uninstall.php', 'readme.txt', 'includes', 'build', 'languages'];

const dropIn = `<?php
// The database of the demo: SQLite, whichever runtime opens it.
define( 'SQLITE_DB_DROPIN_VERSION', '1.8.0' );
require_once __DIR__ . '/sqlite-database-integration/wp-includes/sqlite/db.php';
`;

/**
 * Fills the content folder with everything that comes from this repository and from npm. What WordPress and its
 * users put there (database, uploads) stays.
 */
export async function fillContent(options: {
  content: string;
  core: string;
  plugin: string;
  /** Whether SQLite stands in for a server. */
  onSqlite: boolean;
}): Promise<void> {
  const { content, core, plugin, onSqlite } = options;
  const inContent = (...names: string[]) => join(content, ...names);
  await Promise.all(
    ['database', 'uploads', 'plugins', 'mu-plugins'].map((name) =>
      mkdir(inContent(name), { recursive: true }),
    ),
  );
  await cp(join(broughtContent(core), 'themes'), inContent('themes'), { recursive: true });

  await rm(inContent('sqlite-database-integration'), { recursive: true, force: true });
  if (onSqlite) {
    const sqlite = await unpackSqlite({ into: `${content}-sqlite` });
    await cp(sqlite, inContent('sqlite-database-integration'), { recursive: true });
    await writeFile(inContent('db.php'), dropIn);
  }

  await rm(inContent('plugins', 'everypod'), { recursive: true, force: true });
  for (const part of pluginParts) {
    if (existsSync(join(plugin, part))) {
      await cp(join(plugin, part), inContent('plugins', 'everypod', part), { recursive: true });
    }
  }

  await rm(inContent('mu-plugins'), { recursive: true, force: true });
  await cp(join(siteFolder, 'mu-plugins'), inContent('mu-plugins'), { recursive: true });
}
