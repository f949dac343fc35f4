import { createBridge } from './bridge.ts';
import { InvalidConfig, readConfig } from './config/config.ts';
import { JournalUnavailable } from './journal/journal.ts';

/** Runs one bridge from the environment until SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const bridge = createBridge(readConfig(process.env));
  const stop = () => {
    bridge.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await bridge.start();
}

/** Says why the bridge does not run, without a stack where the environment is to blame. */
export function fail(error: unknown): never {
  const known =
    error instanceof InvalidConfig ||
    error instanceof JournalUnavailable ||
    (error instanceof Error && 'syscall' in error);
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
