import { hostname } from 'node:os';
import { parseSecrets, podIdentitySchema, type Secret } from '@everypod/contract';
import { z } from 'zod';
import { ownAddress } from '../identity/address.ts';
import { limits } from '../limits.ts';
import type { PodState } from '../state.ts';
import { readSecrets } from './secrets.ts';

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);

const seconds = (least: number, most: number, usual: number) =>
  z.preprocess(blankIsUnset, z.coerce.number().int().min(least).max(most).default(usual));

const httpUrl = z.preprocess(
  blankIsUnset,
  z.url({ protocol: /^https?$/, error: 'is an http or https URL' }).optional(),
);

const environmentSchema = z.object({
  EVERYPOD_BRIDGE_URL: httpUrl,
  EVERYPOD_POD_SECRET: z.preprocess(blankIsUnset, z.string().optional()),
  EVERYPOD_POD_SECRET_FILE: z.preprocess(blankIsUnset, z.string().optional()),
  EVERYPOD_START_LIMIT_SECONDS: seconds(0, limits.startLimitSecondsAtMost, limits.startLimitSeconds),
  EVERYPOD_LEASE_SECONDS: seconds(limits.leaseSecondsAtLeast, limits.leaseSecondsAtMost, limits.leaseSeconds),
  EVERYPOD_ORIGIN_URL: httpUrl,
  EVERYPOD_SITE_URL: httpUrl,
  EVERYPOD_SETTLE_SECONDS: seconds(1, limits.settleSecondsAtMost, limits.settleSeconds),
  EVERYPOD_ECHO_SECONDS: seconds(0, limits.settleSecondsAtMost, 0),
  POD_IP: z.preprocess(blankIsUnset, podIdentitySchema.shape.ip.optional()),
  POD_NAME: z.preprocess(blankIsUnset, podIdentitySchema.shape.name.optional()),
});

export type Configuration = {
  /** Where the bridge answers, without a trailing slash; null when that is not set, or not a URL. */
  bridgeUrl: string | null;
  /** No bridge is set at all: the pod has nobody to ask. */
  bridgeless: boolean;
  /** The newest first; empty when there is none that can be used. */
  secrets: readonly Secret[];
  startLimitMs: number;
  /** Longer than the longest render: the cap of draining, and the delay of the second pass. */
  settleMs: number;
  /** After which time the same is applied once more for content APIs that lag; 0 where it is not. */
  echoMs: number;
  leaseMs: number;
  /** Asked with HEAD whether content can be fetched at all; null when nobody said where. */
  originUrl: string | null;
  /** What visitors call this site; null where nobody said it. */
  siteUrl: string | null;
  ip: string;
  name: string;
  /** A sentence for each setting that could not be used. */
  troubles: string[];
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration as it is now. Called for each request, so that nothing needs a rebuild or a restart. */
export function readConfiguration(environment: Environment, state: PodState): Configuration {
  const { values, troubles } = parseEach(environment);
  const read = readSecrets(
    {
      name: 'EVERYPOD_POD_SECRET',
      file: values.EVERYPOD_POD_SECRET_FILE,
      text: values.EVERYPOD_POD_SECRET,
      parse: parseSecrets,
    },
    state.secrets,
    (good) => {
      state.secrets = good;
    },
  );
  return {
    bridgeUrl: values.EVERYPOD_BRIDGE_URL?.replace(/\/+$/, '') ?? null,
    bridgeless: blankIsUnset(environment.EVERYPOD_BRIDGE_URL) === undefined,
    secrets: read.secrets,
    startLimitMs: values.EVERYPOD_START_LIMIT_SECONDS * 1000,
    leaseMs: values.EVERYPOD_LEASE_SECONDS * 1000,
    originUrl: values.EVERYPOD_ORIGIN_URL ?? null,
    siteUrl: values.EVERYPOD_SITE_URL ?? null,
    settleMs: values.EVERYPOD_SETTLE_SECONDS * 1000,
    echoMs: values.EVERYPOD_ECHO_SECONDS * 1000,
    ip: values.POD_IP ?? ownAddress(),
    name: values.POD_NAME ?? hostname(),
    troubles: read.trouble === null ? troubles : [...troubles, read.trouble],
  };
}

/** One wrong value must not take the others away: each is parsed without those that are wrong. */
function parseEach(environment: Environment) {
  const parsed = environmentSchema.safeParse(environment);
  if (parsed.success) return { values: parsed.data, troubles: [] };
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => !wrong.has(name)));
  const troubles = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}.`);
  return { values: environmentSchema.parse(rest), troubles };
}
