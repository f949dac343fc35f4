import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runCommand } from '../command.ts';
import { limits } from '../limits.ts';
import type { Need } from '../suite.ts';

/** The program can be started; `lacking` says what is then not checked, and what to install. */
export function program(name: string, args: string[], lacking: string): Need {
  return async () => {
    const { exitCode } = await runCommand({ program: name, args }, () => {}, limits.probeDeadlineMs);
    return exitCode === 0 ? undefined : lacking;
  };
}

/** One of several programs that do the same can be started. */
export function anyProgram(names: string[], args: string[], lacking: string): Need {
  return async () => {
    for (const name of names) if ((await program(name, args, lacking)()) === undefined) return undefined;
    return lacking;
  };
}

export function file(path: string, lacking: string): Need {
  return async () => (existsSync(join(root, path)) ? undefined : lacking);
}
