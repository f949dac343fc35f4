import type { Journal } from '../../src/journal/journal.ts';
import { newName } from '../../src/journal/names.ts';
import { createValkeyJournal } from '../../src/journal/valkey.ts';
import { connectToValkey, type ValkeyConnection } from '../../src/journal/valkey-connection.ts';
import { createSettingsCheck } from '../../src/journal/valkey-settings.ts';
import { limits as defaultLimits, type Limits } from '../../src/limits.ts';
import { createLog, type Log } from '../../src/log.ts';

type Options = { port: number; limits?: Limits; now?: () => number; vouched?: boolean; log?: Log };

/** Without a password. Resolves once the server answers. */
export async function openConnection({
  port,
  limits = defaultLimits,
  log = createLog('silent'),
}: Pick<Options, 'port' | 'limits' | 'log'>): Promise<ValkeyConnection> {
  const server = {
    host: '127.0.0.1',
    port,
    tls: false,
    username: undefined,
    password: undefined,
    database: 0,
  };
  const connection = connectToValkey({ server, limits, log });
  await connection.settled(limits.valkeyStartMs);
  return connection;
}

/** A journal on a connection of its own, as one bridge has it. */
export async function openJournal({
  port,
  limits = defaultLimits,
  now = Date.now,
  vouched = false,
  log = createLog('silent'),
}: Options): Promise<Journal> {
  const connection = await openConnection({ port, limits, log });
  const checkSettings = createSettingsCheck({ connection, vouched, limits });
  const journal = createValkeyJournal({
    connection,
    checkSettings,
    vouched,
    name: newName(),
    log,
    limits,
    now,
  });
  return { ...journal, close: () => connection.close() };
}
