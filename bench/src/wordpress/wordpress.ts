import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../../demo/src/processes/ledger.ts';
import { createProcesses } from '../../../demo/src/processes/processes.ts';
import { startMariaDb } from '../../../demo/src/wordpress/mariadb.ts';
import { nativeRuntime } from '../../../demo/src/wordpress/native.ts';
import { startWordPress } from '../../../demo/src/wordpress/wordpress.ts';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import type { Cell, Table } from '../measurement.ts';

export type BenchWordPress = {
  url: string;
  label: string;
  folder: string;
  /** Signs the administrator in. */
  signInUrl: string;
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A table for each database that a real WordPress can be on here, or why none can be measured.
 *
 * @param under the folder that they are kept in meanwhile
 */
export async function measureOnWordPress(
  under: string,
  empty: Table,
  rowsOf: (wordpress: BenchWordPress) => Promise<Cell[][]>,
): Promise<Table[]> {
  const native = await nativeRuntime(1);
  if ('cannot' in native) return [{ ...empty, notes: [`Not measured: ${native.cannot}`] }];
  const measured = async (database: string, host: string | null) => ({
    ...empty,
    ...(await withWordPress(join(under, database), host, async (wordpress) => ({
      title: `${empty.title}, ${wordpress.label} and ${database}`,
      rows: await rowsOf(wordpress),
    }))),
  });
  const onSqlite = await measured('SQLite', null);
  const database = 'MariaDB';
  const server = await startMariaDb(join(under, 'server'), 'wordpress').catch((error: Error) => error);
  if (server instanceof Error) {
    const notes = [...empty.notes, `Not measured on ${database}: ${server.message}`];
    return [{ ...onSqlite, notes }];
  }
  try {
    return [onSqlite, await measured(database, server.host)];
  } finally {
    await server.stop();
  }
}

/**
 * Has a real WordPress on native PHP for as long as it is measured: one worker, so that whatever is compared meets the same caches,
 * and a bridge that refuses each connection.
 */
async function withWordPress<T>(
  folder: string,
  databaseHost: string | null,
  measure: (wordpress: BenchWordPress) => Promise<T>,
): Promise<T> {
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  const processes = createProcesses({ logs, ledger: openLedger(join(folder, 'processes.json')) });
  try {
    const { url, label, signInUrl, end } = await startWordPress({
      folder,
      plugin: join(root, 'wp-plugin'),
      core: null,
      databaseHost,
      runtime: 'native',
      workers: 1,
      port: await freePort(),
      bridgeUrl: 'http://127.0.0.1:9',
      secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
      oldWebhookUrl: 'http://127.0.0.1:9',
      processes,
      changed: () => {},
    });
    end();
    return await measure({ url, label, folder, signInUrl });
  } finally {
    await processes.stopAll();
  }
}
