import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readJson, reportSchema, type Target, targetSchema } from '@everypod/contract';
import type { Environment } from '../configuration/configuration.ts';
import { podToAsk, secretGiven } from '../push/ask-pod.ts';
import type { CdnQuestion } from './ask.ts';

export const usage = `everypod cdn-tags: says what to purge from a CDN by tag once something is new, one tag a line.

  everypod cdn-tags --report report.json
  everypod cdn-tags --tag wp:post:8 --tag wp:term:2 --path /hello
  everypod cdn-tags --everything

What has changed:
  --report FILE    all that an event is about: its report, as GET /v1/events/ID gives it; - reads it from standard input
  --path PATH      a page, or a route pattern such as '/blog/[slug]'; may be given several times
  --tag TAG        a tag of the event, or one of your own; may be given several times
  --everything     every page of the site

  --pod URL        of the pod's own route; else http://HOSTNAME:PORT/siteapi/revalidate, as inside of it

The secret is the pods': EVERYPOD_POD_SECRET, or the file that EVERYPOD_POD_SECRET_FILE names. It is never an argument.

Ends with 0 where there are tags to purge, 1 where there are none or it is too early, 2 where the command is wrong.
`;

const options = {
  report: { type: 'string' },
  path: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  everything: { type: 'boolean' },
  pod: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What was asked for; a sentence that says what is wrong with it, or why it has to wait. */
export type Asked = CdnQuestion | 'help' | { wrong: string } | { early: string };

export function readArguments(given: readonly string[], environment: Environment): Asked {
  const secret = secretGiven(given);
  if (secret !== null) return secret;
  let values: ReturnType<typeof parse>;
  try {
    values = parse(given);
  } catch (error) {
    return { wrong: error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : String(error) };
  }
  if (values.help) return 'help';
  const { path: paths = [], tag: tags = [], everything = false, report } = values;
  const named = paths.length + tags.length > 0;
  if ([named, everything, report !== undefined].filter((one) => one).length !== 1)
    return { wrong: 'Say what has changed: --path and --tag, --report alone, or --everything alone.' };
  const pod = podToAsk(values.pod, environment);
  if ('wrong' in pod) return pod;
  if (everything) return { pod, about: 'everything' };
  if (report !== undefined) {
    const about = targetsOfReport(report);
    return 'targets' in about ? { pod, about: about.targets } : about;
  }
  const targets = targetSchema
    .array()
    .safeParse([...paths.map((path) => ({ path })), ...tags.map((tag) => ({ tag }))]);
  if (!targets.success) return { wrong: `${targets.error.issues[0]?.message ?? 'That is no target'}.` };
  return { pod, about: targets.data };
}

function parse(given: readonly string[]) {
  return parseArgs({ args: [...given], options, allowPositionals: false }).values;
}

const aboutSchema = reportSchema.pick({ state: true, targets: true });

/** Before an event has settled a pod may still give an answer from before it, which the CDN would keep once more. */
function targetsOfReport(
  file: string,
): { targets: readonly Target[] } | { wrong: string } | { early: string } {
  let body: Uint8Array;
  try {
    body = readFileSync(file === '-' ? 0 : file);
  } catch {
    return { wrong: 'The report could not be read: --report takes a file, or - for standard input.' };
  }
  const read = readJson(body);
  const report = aboutSchema.safeParse('json' in read ? read.json : undefined);
  if (!report.success)
    return { wrong: 'That is no report: take what GET /v1/events/ID on the bridge answers.' };
  const { state, targets } = report.data;
  if (state !== 'settled')
    return {
      early: `The event is ${state}, and not settled: a pod may still give an answer from before it. Ask again.`,
    };
  return { targets };
}
