import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limits } from './limits.ts';
import { letOthersGoFirst, type Yielding } from './yielding.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Command {
  program: string;
  args: string[];
  /** Relative to the repository's root. */
  folder?: string;
  environment?: Record<string, string>;
  /** Has the processors' time that nothing else wants, so that nothing beside it is any later for it; or mostly that. */
  yields?: Yielding;
}

export interface Finished {
  /** Null when the program could not be started or was ended by a signal. */
  exitCode: number | null;
  output: string;
  /** Why there is no exit code. */
  trouble?: string;
}

/** Runs a program to its end, showing every line as it comes. It has no stdin and a group of its own. */
export async function runCommand(
  { program, args, folder = '.', environment = {}, yields }: Command,
  show: (line: string) => void,
  deadlineMs: number = yields === 'wholly' ? limits.yieldingSuiteDeadlineMs : limits.suiteDeadlineMs,
): Promise<Finished> {
  const child = spawn(program, args, {
    cwd: join(root, folder),
    env: { ...process.env, ...colors(), ...compiledOnce, PATH: searchPath(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // Before it has started anything itself, which inherits this.
  if (yields !== undefined && child.pid !== undefined) letOthersGoFirst(child.pid, yields);
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It has ended by itself meanwhile.
    }
  };
  const interrupted = () => {
    endGroup();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

  let trouble: string | undefined;
  const deadline = setTimeout(() => {
    trouble = `It was ended after ${deadlineMs / 1000} s.`;
    endGroup();
  }, deadlineMs);

  let output = '';
  const keep = (line: string) => {
    output = `${output}${line}\n`.slice(-limits.keptOutputCharacters);
    show(line);
  };
  // Each on its own: what one stream leaves without a line's end must not stand before a line of the other.
  const streams = [child.stdout, child.stderr].map((stream) => {
    const lines = lineByLine(keep);
    stream.setEncoding('utf8').on('data', lines.chunk);
    return lines;
  });

  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      trouble = `It could not be started: ${error.message}.`;
      resolve(null);
    });
    child.once('close', (code, signal) => {
      if (signal !== null) trouble ??= `It was ended by ${signal}.`;
      resolve(code);
    });
  });
  clearTimeout(deadline);
  for (const lines of streams) lines.end();
  process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  return { exitCode, output, ...(trouble === undefined ? {} : { trouble }) };
}

/** Node keeps what it has compiled, for the hundreds of processes that load the same modules: a tenth of the unit tests' time. */
const compiledOnce = { NODE_COMPILE_CACHE: join(root, '.everypod/compiled') };

/** Tools find the Node that runs us and the repository's own programs first, also where npm starts them. */
function searchPath(): string {
  return [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
}

/** Tools write to our pipe, so they cannot see whether a person is watching; tallies are read without colours. */
function colors(): Record<string, string | undefined> {
  return { FORCE_COLOR: undefined, NO_COLOR: '1' };
}

function lineByLine(take: (line: string) => void) {
  let rest = '';
  return {
    chunk(text: string) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(take);
    },
    end() {
      if (rest !== '') take(rest);
    },
  };
}
