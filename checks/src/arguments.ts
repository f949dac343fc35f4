import { parseArgs } from 'node:util';
import type { Suite } from './suite.ts';

export const usage = `npm test -- [--only NAME]… [--fast] [--list] [--fix]
  --only NAME  run this suite only (several: repeat it, or separate names by commas)
  --fast       leave out the suites that start WordPress, build Next.js apps, inject faults or drive a browser
  --list       print the suites and stop
  --fix        let the tools repair what they can (npm run fix)`;

export type Wish =
  | { wants: 'list'; suites: Suite[] }
  | { wants: 'run' | 'fix'; suites: Suite[] }
  | { wants: 'help'; because?: string };

export function readArguments(args: string[], all: Suite[]): Wish {
  let values: { only?: string[]; fast?: boolean; list?: boolean; fix?: boolean; help?: boolean };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true },
        fast: { type: 'boolean' },
        list: { type: 'boolean' },
        fix: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { wants: 'help', because: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { wants: 'help' };
  const names = values.only?.flatMap((list) => list.split(','));
  const unknown = names?.filter((name) => all.every((suite) => suite.name !== name)) ?? [];
  if (unknown.length > 0) {
    return { wants: 'help', because: `There is no suite ${unknown.join(', ')}; --list names them.` };
  }
  const chosen = all.filter(
    ({ name, slow }) => (names === undefined || names.includes(name)) && !(values.fast && slow),
  );
  return { wants: values.list ? 'list' : values.fix ? 'fix' : 'run', suites: chosen };
}
