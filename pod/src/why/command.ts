import { parseArgs } from 'node:util';
import { limits as messageLimits } from '@everypod/contract';
import type { Command } from '../commands.ts';
import type { Environment } from '../configuration/configuration.ts';
import { podToAsk, secretGiven } from '../push/ask-pod.ts';
import { askWhy, type WhyQuestion } from './ask.ts';
import { wordsFor } from './words.ts';

const usage = `everypod why: says by what a page goes on one pod, and whether it would go with a change.

  everypod why /posts/hello
  everypod why /posts/hello --tag wp:post:8 --tag wp:term:2

  --tag TAG        of an event; may be given up to ${messageLimits.whyTags} times
  --pod URL        of the pod's own route; else http://HOSTNAME:PORT/siteapi/revalidate, as inside of it

The secret is the pods': EVERYPOD_POD_SECRET, or the file that EVERYPOD_POD_SECRET_FILE names. It is never an argument.

Ends with 0 where the pod has answered, 1 where it has not, 2 where the command is wrong.
`;

const options = {
  tag: { type: 'string', multiple: true },
  pod: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `everypod why`. */
export const why: Command = {
  says: 'say by what a page goes, and whether it would with a change',
  async run(given, { environment, say, complain }) {
    const asked = readArguments(given, environment);
    if (asked === 'help') {
      say(usage);
      return 0;
    }
    if ('wrong' in asked) {
      complain(`${asked.wrong}\nSee everypod why --help.\n`);
      return 2;
    }
    const answer = await askWhy(asked);
    if ('reason' in answer) {
      complain(`${answer.reason}\n`);
      return 1;
    }
    say(`${wordsFor(answer).join('\n')}\n`);
    return 0;
  },
};

type Wrong = { wrong: string };

function readArguments(given: readonly string[], environment: Environment): WhyQuestion | 'help' | Wrong {
  const secret = secretGiven(given);
  if (secret !== null) return secret;
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(given);
  } catch (error) {
    return { wrong: error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  const [path = '', ...more] = positionals;
  if (!path.startsWith('/') || more.length > 0)
    return { wrong: 'Say which page: one path, such as /posts/hello.' };
  const { tag: tags = [] } = values;
  if (tags.length > messageLimits.whyTags)
    return { wrong: `Ask about at most ${messageLimits.whyTags} tags.` };
  const pod = podToAsk(values.pod, environment);
  return 'wrong' in pod ? pod : { ...pod, path, tags };
}

function parse(given: readonly string[]) {
  return parseArgs({ args: [...given], options, allowPositionals: true });
}
