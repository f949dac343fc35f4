import { nativeRuntime } from '../../demo/src/wordpress/native.ts';
import { type Arguments, readArguments, WrongArguments } from './arguments.ts';
import { limits } from './limits.ts';
import { addresses } from './pages/addresses.ts';
import { mostlyNeedless, printTotals } from './report/print.ts';
import { chosenActions, runActions } from './run.ts';
import { withSystem } from './system/start.ts';

/** Does in a real WordPress what people and programs do, and says which pages of real pods stay old. */
async function main(given: Arguments): Promise<number> {
  const native = await nativeRuntime(1);
  if ('cannot' in native) {
    console.log(`The crawl needs this machine's own PHP: ${native.cannot}`);
    return 2;
  }
  const count = chosenActions(given).length;
  if (count === 0) {
    console.log(`No action's name contains “${given.only}”.`);
    return 2;
  }
  const seconds = limits.startSeconds + count * limits.actionSeconds;
  console.log(
    `${count} actions on ${addresses.length} pages of ${given.pods} pods with Next.js ${given.next}: about ${Math.ceil(seconds / 60)} minutes, and one more where the app is not built yet.`,
  );
  return withSystem(given, stopped, async (system) => {
    console.log(
      `${system.wordpress.label}. A copy that is old is read again for ${limits.copyMs / 1000} s.\n`,
    );
    const outcomes = await runActions(system, given);
    printTotals(outcomes);
    const bad = outcomes.some(({ verdict, failed }) => verdict.stale.length > 0 || failed !== undefined);
    // A part of them, chosen by name, says nothing of the whole.
    const wasteful = given.only === '' && mostlyNeedless(outcomes);
    if (wasteful) console.log('More pages were made anew needlessly than as they had to be.');
    return (bad || wasteful) && !given.pathsOnly ? 1 : 0;
  });
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
const stopped = new Promise<never>((_, reject) =>
  stop.signal.addEventListener('abort', () => reject(new Error('Stopped.'))),
);
stopped.catch(() => {});

try {
  process.exit(await main(readArguments(process.argv.slice(2), process.env)));
} catch (error) {
  console.error(error instanceof WrongArguments ? error.message : error);
  process.exit(1);
}
