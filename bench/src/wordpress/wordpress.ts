import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../../demo/src/processes/ledger.ts';
import { createProcesses } from '../../../demo/src/processes/processes.ts';
import { nativeRuntime } from '../../../demo/src/wordpress/native.ts';
import { startWordPress } from '../../../demo/src/wordpress/wordpress.ts';
import { freePort } from '../bridge/bridge.ts';
import type { Cell, Table } from '../measurement.ts';

export type BenchWordPress = { url: string; label: string; folder: string };

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The table with the rows that were measured on a real WordPress, or with why none could be. */
export async function measureOnWordPress(
  under: string,
  empty: Table,
  rowsOf: (wordpress: BenchWordPress) => Promise<Cell[][]>,
): Promise<Table[]> {
  const measured = await withWordPress(under, async (wordpress) => ({
    title: `${empty.title}, ${wordpress.label}`,
    rows: await rowsOf(wordpress),
  }));
  return [
    'cannot' in measured
      ? { ...empty, notes: [`Not measured: ${measured.cannot}`] }
      : { ...empty, ...measured },
  ];
}

/**
 * Has a real WordPress on native PHP for as long as it is measured: one worker, so that whatever is compared meets the same caches,
 * and a bridge that refuses each connection.
 *
 * @param under the folder that it is kept in meanwhile
 */
async function withWordPress<T>(
  under: string,
  measure: (wordpress: BenchWordPress) => Promise<T>,
): Promise<T | { cannot: string }> {
  const native = await nativeRuntime(1);
  if ('cannot' in native) return native;
  const folder = join(under, 'wordpress');
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  const processes = createProcesses({ logs, ledger: openLedger(join(folder, 'processes.json')) });
  try {
    const { url, label, end } = await startWordPress({
      folder,
      plugin: join(root, 'wp-plugin'),
      core: null,
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
    return await measure({ url, label, folder });
  } finally {
    await processes.stopAll();
  }
}
