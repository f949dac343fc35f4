import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, usage } from './arguments/arguments.ts';
import { runDemo } from './demo.ts';
import { screen } from './screen/screen.ts';
import { Trouble } from './trouble.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');

const read = readArguments(process.argv.slice(2), process.env);
if ('help' in read) {
  screen.say(usage);
} else if ('wrong' in read) {
  for (const line of read.wrong) screen.trouble(line);
  screen.trouble(`\n${usage}`);
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  // A bug must not leave processes behind either.
  process.on('uncaughtException', (error) => {
    screen.trouble(String(error.stack));
    process.exitCode = 1;
    stop.abort();
  });
  // The launcher holds the other end: when even its process was killed, nobody is left to stop us.
  process.on('disconnect', () => stop.abort());
  process.channel?.unref();
  try {
    await runDemo({ root, wish: read.wish, stop: stop.signal });
  } catch (error) {
    screen.trouble(
      error instanceof Trouble ? `\n${error.message}` : String(error instanceof Error ? error.stack : error),
    );
    process.exitCode = 1;
  }
  process.exit();
}
