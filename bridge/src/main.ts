import { createBridge } from './bridge.ts';
import { InvalidConfig, readConfig } from './config/config.ts';
import { JournalUnavailable } from './journal/journal.ts';
import { pages } from './pages/command.ts';

/** Runs what is asked for on the command line: one bridge, if that is nothing. */
export async function run(given: readonly string[] = process.argv.slice(2)): Promise<void> {
  const [command] = given;
  if (command === undefined) return runBridge();
  if (command === 'pages') {
    const told = await pages(readConfig(process.env), { say: (text) => void process.stdout.write(text) });
    process.exit(told ? 0 : 1);
  }
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}

const usage = `everypod-bridge        runs a bridge from its environment
everypod-bridge pages  says what each pod serves, with the same environment: by path, with its tags, its age, and how often it was asked for`;

/** From the environment, until SIGTERM or SIGINT. */
async function runBridge(): Promise<void> {
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
