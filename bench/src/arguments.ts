import { parseArgs } from 'node:util';

export const usage = `npm run bench -- [--only NAME]… [--quick] [--list] [--json FILE]
  --only NAME  measure this only (several: repeat it, or separate names by commas)
  --quick      fewer rounds: to see that it runs, not to quote
  --list       print what can be measured and stop
  --json FILE  write what was measured, unrounded, with the machine it was measured on`;

export type Wish =
  | { wants: 'run'; names: string[]; quick: boolean; jsonFile: string | null }
  | { wants: 'list' }
  | { wants: 'help'; because?: string };

/** @param known names that can be measured */
export function readArguments(args: readonly string[], known: readonly string[]): Wish {
  let values: { only?: string[]; quick?: boolean; list?: boolean; json?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean' },
        list: { type: 'boolean' },
        json: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { wants: 'help', because: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { wants: 'help' };
  if (values.list) return { wants: 'list' };
  const names = values.only?.flatMap((list) => list.split(',')) ?? [...known];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return { wants: 'help', because: `Nothing is measured under ${unknown.join(', ')}; --list names all.` };
  }
  return { wants: 'run', names, quick: values.quick ?? false, jsonFile: values.json ?? null };
}
