import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { limits } from '../limits.ts';

/** Runs PHP behind WordPress's own wp-load.php, as a command line tool or an importer does. @returns what it printed */
export type RunProgram = (code: string) => Promise<string>;

export function createPrograms(core: string): RunProgram {
  return async (code) => {
    const before = [
      `$_SERVER['HTTP_HOST'] = 'localhost';`,
      `define( 'WP_USE_THEMES', false );`,
      `require '${core}/wp-load.php';`,
    ];
    const { stdout } = await promisify(execFile)(
      'php',
      ['-d', 'memory_limit=512M', '-r', `${before.join('\n')}\n${code}`],
      { timeout: limits.programMs, maxBuffer: limits.programBytes },
    );
    return stdout;
  };
}
