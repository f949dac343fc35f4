import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { InvalidSecret, parseSecrets, type Secret } from '@everypod/contract';
import {
  type AllowedRanges,
  createAllowedRanges,
  InvalidRange,
  InvalidService,
  parseService,
  privateRanges,
  type Service,
} from '@everypod/fan-out';
import { z } from 'zod';
import { InvalidJournal, type JournalSetting, parseJournal } from './journal/journal-setting.ts';
import { InvalidSite, parseSite, type Site } from './outbox/site.ts';

export type SecretSetting = { kind: 'value'; secrets: Secret[] } | { kind: 'file'; path: string };

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
  journal: JournalSetting;
  /** Whose outboxes are looked into; none needs to be. */
  wordpress: Site[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
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
    EVERYPOD_LISTEN: z.string().default('0.0.0.0:8080').transform(attempt(parseListen)),
    EVERYPOD_PODS: z
      .string({
        error:
          'is not set. Write where the pods are, for instance ' +
          'http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate',
      })
      .transform(attempt((text: string) => someOf(text).map(parseService))),
    EVERYPOD_PUBLISH_NOT_READY: z.string().default('').transform(list),
    EVERYPOD_POD_CIDRS: z
      .string()
      .default(privateRanges.join(','))
      .transform(attempt((text: string) => createAllowedRanges(someOf(text)))),
    EVERYPOD_DNS: z
      .string()
      .default('')
      .transform(attempt((text: string) => list(text).map(parseDnsServer))),
    EVERYPOD_SECRET: secretSetting('EVERYPOD_SECRET'),
    EVERYPOD_POD_SECRET: secretSetting('EVERYPOD_POD_SECRET'),
    EVERYPOD_JOURNAL: journalSetting(),
    EVERYPOD_WORDPRESS: z
      .string()
      .default('')
      .transform(attempt((text: string) => list(text).map(parseSite))),
    EVERYPOD_LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is one of fatal, error, warn, info, debug, trace, silent',
      })
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
      journal: env.EVERYPOD_JOURNAL,
      wordpress: env.EVERYPOD_WORDPRESS,
      logLevel: env.EVERYPOD_LOG_LEVEL,
    }),
  );

class WrongValue extends Error {}

/** Runs a parser inside zod, and turns what it throws about the value into an issue of its variable. */
function attempt<Given, T>(parse: (given: Given) => T) {
  return (given: Given, context: z.RefinementCtx): T => {
    try {
      return parse(given);
    } catch (error) {
      if (!isAboutTheValue(error)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}

function isAboutTheValue(error: unknown): error is Error {
  return [WrongValue, InvalidService, InvalidRange, InvalidSecret, InvalidSite, InvalidJournal].some(
    (kind) => error instanceof kind,
  );
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function someOf(text: string): string[] {
  const parts = list(text);
  if (parts.length === 0)
    throw new WrongValue('names nothing. Write one value, or several with commas between them');
  return parts;
}

function listsNotReady({ hostname }: Service, names: readonly string[]): boolean {
  return names.some((name) => name === 'all' || name.toLowerCase().replace(/\.$/, '') === hostname);
}

function parseListen(text: string): Config['listen'] {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (!host || port > 65_535) {
    throw new WrongValue(
      `"${text}" is not an address and a port. Write for instance 0.0.0.0:8080 or [::]:8080`,
    );
  }
  return { host, port };
}

function parseDnsServer(text: string): string {
  const address = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text.replace(/:\d{1,5}$/, '');
  if (isIP(address) === 0 && isIP(text) === 0) {
    throw new WrongValue(
      `"${text}" is not the address of a DNS server. Write for instance 10.96.0.10 or 127.0.0.1:5533`,
    );
  }
  return text;
}

/** The address of a Valkey holds a password, so it may stand in a file. */
function journalSetting() {
  const optional = z.string().optional();
  return z.object({ value: optional, file: optional, vouched: optional }).transform(
    attempt(({ value, file, vouched }): JournalSetting => {
      if (value && file) throw new WrongValue('is set, and EVERYPOD_JOURNAL_FILE too. Set one of them');
      const text = file ? readText('EVERYPOD_JOURNAL', file).trim() : value;
      if (!text)
        throw new WrongValue(
          'is not set. Write sqlite:PATH with a path on a volume that outlives the bridge, or, for several ' +
            'bridges, redis:// and the host of a Valkey',
        );
      return parseJournal(text, vouched);
    }),
  );
}

/** One variable or the file that another one names. */
function secretSetting(name: string) {
  return z.object({ value: z.string().optional(), file: z.string().optional() }).transform(
    attempt(({ value, file }): SecretSetting => {
      if (value && file) throw new WrongValue(`is set, and ${name}_FILE too. Set one of them`);
      if (file) return readableFile(name, file);
      if (value) return { kind: 'value', secrets: parseSecrets(value) };
      throw new WrongValue(`is not set. Write the secret there, or a file's path in ${name}_FILE`);
    }),
  );
}

function readableFile(name: string, path: string): SecretSetting {
  parseSecrets(readText(name, path));
  return { kind: 'file', path };
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongValue(`${name}_FILE names ${path}, which the bridge's user cannot read. Is it mounted?`);
  }
}
