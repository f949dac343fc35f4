import {
  type AllowedRanges,
  createAllowedRanges,
  parseService,
  privateRanges,
  type Service,
} from '@everypod/fan-out';
import { z } from 'zod';
import type { JournalSetting } from '../journal/journal-setting.ts';
import { limits } from '../limits.ts';
import { parseSite, type Site } from '../outbox/site.ts';
import { attempt, attemptEach } from './attempt.ts';
import { parsePlainSecret } from './plain-secret.ts';
import {
  journalSetting,
  notSet,
  optionalSecretSetting,
  type SecretSetting,
  secretSetting,
} from './value-or-file.ts';
import { list, parseCount, parseDnsServer, parseListen, parseSeconds, someOf } from './values.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type Config = {
  listen: { host: string; port: number };
  services: Service[];
  ranges: AllowedRanges;
  /** Empty: the system's. */
  dnsServers: string[];
  /** Shared with WordPress and other senders. */
  secret: SecretSetting;
  /** Shared with the pods. */
  podSecret: SecretSetting;
  /** Told to plain pods with each call; null where there is no plain service. */
  plainSecret: SecretSetting<string> | null;
  journal: JournalSetting;
  /** Whose outboxes are looked into; none needs to be. */
  wordpress: Site[];
  /** Between two looks into them; null for what the limits say. */
  outboxEveryMs: number | null;
  /** Visits that may be under way at one moment; 0 where pods are not to make anything by themselves. */
  makesAtOnce: number;
  logLevel: (typeof logLevels)[number];
};

/** Names every wrong variable, and says for each what to write. */
export class InvalidConfig extends Error {
  override name = 'InvalidConfig';
}

type Environment = Record<string, string | undefined>;

/** @throws {InvalidConfig} */
export function readConfig(environment: Environment): Config {
  // An empty variable is what a template leaves behind for "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = configSchema.safeParse({
    ...given,
    EVERYPOD_SECRET: { value: given.EVERYPOD_SECRET, file: given.EVERYPOD_SECRET_FILE },
    EVERYPOD_POD_SECRET: { value: given.EVERYPOD_POD_SECRET, file: given.EVERYPOD_POD_SECRET_FILE },
    EVERYPOD_PLAIN_SECRET: { value: given.EVERYPOD_PLAIN_SECRET, file: given.EVERYPOD_PLAIN_SECRET_FILE },
    EVERYPOD_JOURNAL: {
      value: given.EVERYPOD_JOURNAL,
      file: given.EVERYPOD_JOURNAL_FILE,
      vouched: given.EVERYPOD_JOURNAL_VOUCHED,
    },
  });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new InvalidConfig(`The bridge cannot start with this environment.\n${lines.join('\n')}`);
}

const configSchema = z
  .object({
    EVERYPOD_LISTEN: z.string().default('[::]:8080').transform(attempt(parseListen)),
    EVERYPOD_PODS: z
      .string({
        error:
          'is not set. Write where the pods are, for instance ' +
          'http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate',
      })
      .transform(attemptEach(someOf, parseService)),
    EVERYPOD_PUBLISH_NOT_READY: z.string().default('').transform(list),
    EVERYPOD_POD_CIDRS: z
      .string()
      .default(privateRanges.join(','))
      .transform(attempt((text: string) => createAllowedRanges(someOf(text)))),
    EVERYPOD_DNS: z.string().default('').transform(attemptEach(list, parseDnsServer)),
    EVERYPOD_SECRET: secretSetting('EVERYPOD_SECRET'),
    EVERYPOD_POD_SECRET: secretSetting('EVERYPOD_POD_SECRET'),
    EVERYPOD_PLAIN_SECRET: optionalSecretSetting('EVERYPOD_PLAIN_SECRET', parsePlainSecret),
    EVERYPOD_JOURNAL: journalSetting(),
    EVERYPOD_WORDPRESS: z.string().default('').transform(attemptEach(list, parseSite)),
    EVERYPOD_OUTBOX_SECONDS: z
      .string()
      .transform(attempt(parseSeconds(limits.outboxMostSeconds)))
      .nullable()
      .default(null),
    EVERYPOD_VISITS: z
      .enum(['true', 'false'], { error: ({ input }) => `"${String(input)}" is neither true nor false` })
      .default('true'),
    EVERYPOD_MAKES_AT_ONCE: z
      .string()
      .transform(attempt(parseCount(limits.makesAtOnceMost)))
      .default(limits.makesAtOnce),
    EVERYPOD_LOG_LEVEL: z
      .enum(logLevels, { error: ({ input }) => `"${String(input)}" is none of ${logLevels.join(', ')}` })
      .default('info'),
  })
  .superRefine(({ EVERYPOD_PODS: services, EVERYPOD_PUBLISH_NOT_READY: names }, context) => {
    for (const name of names) {
      if (name === 'all' || services.some((service) => listsNotReady(service, [name]))) continue;
      context.addIssue({
        code: 'custom',
        path: ['EVERYPOD_PUBLISH_NOT_READY'],
        message: `"${name}" is not the host of a URL in EVERYPOD_PODS. Write the names of the Services that set publishNotReadyAddresses, or all`,
      });
    }
  })
  .superRefine(({ EVERYPOD_PODS: services, EVERYPOD_PLAIN_SECRET: secret }, context) => {
    const isPlain = services.some(({ kind }) => kind === 'plain');
    if (isPlain === (secret !== null)) return;
    const message = isPlain
      ? `${notSet('EVERYPOD_PLAIN_SECRET')}: a plain+http:// or plain+https:// service in EVERYPOD_PODS is called with it`
      : 'is set, but no service in EVERYPOD_PODS starts with plain+http:// or plain+https://. It is told to such pods only, so remove it or write plain+ there';
    context.addIssue({ code: 'custom', path: ['EVERYPOD_PLAIN_SECRET'], message });
  })
  .transform(
    (env): Config => ({
      listen: env.EVERYPOD_LISTEN,
      services: env.EVERYPOD_PODS.map((service) => ({
        ...service,
        listsNotReady: listsNotReady(service, env.EVERYPOD_PUBLISH_NOT_READY),
      })),
      ranges: env.EVERYPOD_POD_CIDRS,
      dnsServers: env.EVERYPOD_DNS,
      secret: env.EVERYPOD_SECRET,
      podSecret: env.EVERYPOD_POD_SECRET,
      plainSecret: env.EVERYPOD_PLAIN_SECRET,
      journal: env.EVERYPOD_JOURNAL,
      wordpress: env.EVERYPOD_WORDPRESS,
      outboxEveryMs: env.EVERYPOD_OUTBOX_SECONDS,
      makesAtOnce: env.EVERYPOD_VISITS === 'true' ? env.EVERYPOD_MAKES_AT_ONCE : 0,
      logLevel: env.EVERYPOD_LOG_LEVEL,
    }),
  );

function listsNotReady({ hostname }: Service, names: readonly string[]): boolean {
  return names.some((name) => name === 'all' || name.toLowerCase().replace(/\.$/, '') === hostname);
}
