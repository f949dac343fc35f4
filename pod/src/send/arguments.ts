import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { limits as messageLimits } from '@everypod/contract';
import type { Environment } from '../configuration/configuration.ts';
import { limits } from '../limits.ts';
import { everyPage, type SentTarget } from './event.ts';
import { bridgeAddress, type Sending } from './send-event.ts';

export const usage = `everypod send: tells every pod, through the bridge, what has changed.

  everypod send --topic flags
  everypod send --path /hello --path /blog --tag posts
  everypod send --everything

What has changed; each may be given several times:
  --topic NAME     state other than pages: calls what onTopic('NAME', …) has registered
  --path PATH      a page, or a route pattern such as '/blog/[slug]'
  --tag TAG        what was made with this cache tag
  --everything     every page of the site. Topics are not part of it: add each with --topic

How:
  --bridge URL     where the bridge answers; else EVERYPOD_BRIDGE_URL
  --site URL       the site that changed; else EVERYPOD_SITE_URL, else the bridge's own address
  --change WORDS   what was done, such as flags.changed; content.changed where nothing is said
  --wait SECONDS   how long the bridge waits for the pods, 0 to ${messageLimits.waitSeconds}; ${limits.sendWaitSeconds} where nothing is said
  --id ID --at TIME
                   send the very same again: both are printed where an event was not accepted

The secret comes from EVERYPOD_SECRET, or from the file that EVERYPOD_SECRET_FILE names: one or several whsec_…, the
newest first. It is never an argument, since every user of a machine can read those.

Ends with 0 where the bridge has accepted the event, 1 where it has not, 2 where the command is wrong.
`;

/** What was asked for, or a sentence that says what is wrong with it. */
export type Asked = { kind: 'send'; sending: Sending } | { kind: 'help' } | { kind: 'wrong'; reason: string };

const options = {
  topic: { type: 'string', multiple: true },
  path: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  everything: { type: 'boolean' },
  bridge: { type: 'string' },
  site: { type: 'string' },
  change: { type: 'string' },
  wait: { type: 'string' },
  id: { type: 'string' },
  at: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export function readArguments(given: readonly string[], environment: Environment): Asked {
  if (given.some((one) => /whsec_/.test(one) || /^--secret/.test(one))) {
    return wrong(
      'A secret is never an argument: every user of this machine could read it. Set EVERYPOD_SECRET.',
    );
  }
  let values: ReturnType<typeof parse>;
  try {
    values = parse(given);
  } catch (error) {
    return wrong(error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : String(error));
  }
  if (values.help) return { kind: 'help' };
  const targets = targetsOf(values);
  if (targets.length === 0) return wrong('Say what has changed: --topic, --path, --tag or --everything.');
  const bridgeUrl = values.bridge ?? set(environment.EVERYPOD_BRIDGE_URL);
  if (bridgeUrl === undefined)
    return wrong('Where is the bridge? Set EVERYPOD_BRIDGE_URL, or give --bridge.');
  if (bridgeAddress(bridgeUrl) === null) {
    return wrong('The bridge is named by an http or https URL, without a user or a query.');
  }
  const { wait = String(limits.sendWaitSeconds) } = values;
  if (!/^\d{1,2}$/.test(wait) || Number(wait) > messageLimits.waitSeconds) {
    return wrong(`--wait takes whole seconds, 0 to ${messageLimits.waitSeconds}.`);
  }
  if ((values.id === undefined) !== (values.at === undefined)) {
    return wrong('Give --id and --at together: under one id the bridge takes one event, time and all.');
  }
  const secret = secretOf(environment);
  if ('wrong' in secret) return wrong(secret.wrong);
  const site = values.site ?? set(environment.EVERYPOD_SITE_URL);
  return {
    kind: 'send',
    sending: {
      targets,
      bridgeUrl,
      secret: secret.text,
      waitSeconds: Number(wait),
      subject: { kind: 'command', id: 'everypod send' },
      ...(site !== undefined && { site }),
      ...(values.change !== undefined && { change: values.change }),
      ...(values.id !== undefined && { id: values.id }),
      ...(values.at !== undefined && { timestamp: values.at }),
    },
  };
}

function parse(given: readonly string[]) {
  return parseArgs({ args: [...given], options, allowPositionals: false }).values;
}

function targetsOf({
  topic = [],
  path = [],
  tag = [],
  everything = false,
}: ReturnType<typeof parse>): SentTarget[] {
  return [
    ...(everything ? [everyPage] : []),
    ...path.map((one) => ({ path: one })),
    ...tag.map((one) => ({ tag: one })),
    ...topic.map((one) => ({ topic: one })),
  ];
}

function secretOf(environment: Environment): { text: string } | { wrong: string } {
  const text = set(environment.EVERYPOD_SECRET);
  const file = set(environment.EVERYPOD_SECRET_FILE);
  if (text !== undefined && file !== undefined) {
    return { wrong: 'EVERYPOD_SECRET is set, and EVERYPOD_SECRET_FILE too. Set one of them.' };
  }
  if (text !== undefined) return { text };
  if (file === undefined) {
    return { wrong: 'There is no secret: set EVERYPOD_SECRET, or EVERYPOD_SECRET_FILE to the path of one.' };
  }
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { wrong: `EVERYPOD_SECRET_FILE names a file that could not be read (${code}).` };
  }
}

/** An empty variable is what a template leaves behind for "not set". */
function set(value: string | undefined): string | undefined {
  return value?.trim() ? value : undefined;
}

function wrong(reason: string): Asked {
  return { kind: 'wrong', reason };
}
