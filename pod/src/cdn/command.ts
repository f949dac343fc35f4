import { parseArgs } from 'node:util';
import { cdnTagsSchema, limits as messageLimits } from '@everypod/contract';
import type { Command } from '../commands.ts';
import type { Environment } from '../configuration/configuration.ts';
import { askPod, type PodToAsk, podToAsk, secretGiven } from '../push/ask-pod.ts';

const usage = `everypod cdn-tags: says what to purge from a CDN by tag once something is new, one tag a line.

  everypod cdn-tags --tag wp:post:8 --tag wp:term:2 --path /hello
  everypod cdn-tags --everything

What has changed, as an event names it; each may be given several times:
  --path PATH      a page, or a route pattern such as '/blog/[slug]'
  --tag TAG        a tag of the event, or one of your own
  --everything     every page of the site

  --pod URL        of the pod's own route; else http://HOSTNAME:PORT/siteapi/revalidate, as inside of it

The secret is the pods': EVERYPOD_POD_SECRET, or the file that EVERYPOD_POD_SECRET_FILE names. It is never an argument.

Ends with 0 where there are tags to purge, 1 where there are none, 2 where the command is wrong.
`;

const options = {
  path: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  everything: { type: 'boolean' },
  pod: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `everypod cdn-tags`. */
export const cdnTags: Command = {
  says: 'say what to purge from a CDN that goes by tag',
  async run(given, { environment, say, complain }) {
    const asked = readArguments(given, environment);
    if (asked === 'help') {
      say(usage);
      return 0;
    }
    if ('wrong' in asked) {
      complain(`${asked.wrong}\nSee everypod cdn-tags --help.\n`);
      return 2;
    }
    const { query, ...pod } = asked;
    const answer = await askPod(pod, {
      prefix: 'cdn',
      query,
      schema: cdnTagsSchema,
      answerBytes: messageLimits.cdnTagsBytes,
    });
    if ('reason' in answer) {
      complain(`${answer.reason}\n`);
      return 1;
    }
    if (answer.header === null) {
      complain(
        "CDN: not by tag. This app's answers carry none: set cdnTags in next.config (withEverypod), build, and deploy; or purge by address.\n",
      );
      return 1;
    }
    say(answer.tags.map((tag) => `${tag}\n`).join(''));
    return 0;
  },
};

type Question = PodToAsk & { query: readonly (readonly [string, string])[] };
type Wrong = { wrong: string };

function readArguments(given: readonly string[], environment: Environment): Question | 'help' | Wrong {
  const secret = secretGiven(given);
  if (secret !== null) return secret;
  let values: ReturnType<typeof parse>;
  try {
    values = parse(given);
  } catch (error) {
    return { wrong: error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : String(error) };
  }
  if (values.help) return 'help';
  const { path: paths = [], tag: tags = [], everything = false } = values;
  const named = paths.length + tags.length;
  if (everything === named > 0)
    return { wrong: 'Say what has changed: --path and --tag, or --everything alone.' };
  if (named > messageLimits.cdnTargets)
    return { wrong: `Ask about at most ${messageLimits.cdnTargets} targets at once.` };
  const pod = podToAsk(values.pod, environment);
  if ('wrong' in pod) return pod;
  const query = [
    ['cdn', everything ? 'everything' : 'tags'] as const,
    ...paths.map((path) => ['path', path] as const),
    ...tags.map((tag) => ['tag', tag] as const),
  ];
  return { ...pod, query };
}

function parse(given: readonly string[]) {
  return parseArgs({ args: [...given], options, allowPositionals: false }).values;
}
