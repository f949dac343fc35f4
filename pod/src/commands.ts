import { cdnTags } from './cdn/command.ts';
import type { Environment } from './configuration/configuration.ts';
import { send } from './send/command.ts';
import { why } from './why/command.ts';

/** One word after `everypod`. */
export type Command = {
  /** What it does, for the list. */
  says: string;
  run(given: readonly string[], surroundings: CommandSurroundings): Promise<ExitCode>;
};

/** 0: done. 1: not done, and said why. 2: asked for wrongly. */
export type ExitCode = 0 | 1 | 2;

export type CommandSurroundings = {
  environment: Environment;
  say: (text: string) => void;
  complain: (text: string) => void;
};

const commands: Readonly<Record<string, Command>> = { send, why, 'cdn-tags': cdnTags };

/** Runs `everypod` with what stands behind it on the command line. */
export async function run(given: readonly string[], surroundings: CommandSurroundings): Promise<ExitCode> {
  const [name, ...rest] = given;
  if (name === '--help' || name === '-h' || name === 'help') {
    surroundings.say(list());
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(rest, surroundings);
  surroundings.complain(`${name === undefined ? '' : 'There is no such command.\n'}${list()}`);
  return 2;
}

function list(): string {
  const lines = Object.entries(commands).map(([name, { says }]) => `  everypod ${name}  ${says}`);
  return `Everypod: publish once, every pod fresh.\n\n${lines.join('\n')}\n\neverypod COMMAND --help says more.\n`;
}
