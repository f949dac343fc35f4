import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import type { CdnHeader } from '../cdn/header.ts';
import { readCdnTags } from '../cdn/option.ts';
import { type BuildRecord, buildRecordName } from './build-record.ts';
import { contentTime } from './content-time.ts';
import { versionOfNext } from './version.ts';

type Config = NextConfig | PromiseLike<NextConfig>;
type ConfigFunction = (phase: string, context: { defaultConfig: NextConfig }) => Config;
type Options = {
  /** The folder that next.config lies in, where `next build` runs elsewhere. */
  projectDir?: string;
  /** `false` leaves Next.js's own cache unguarded; one that next.config names already is left alone anyway. */
  cacheHandler?: false;
  /** The header by which your CDN takes tags: answers say in it, hashed, by what they go. Left out, a CDN goes by time alone. */
  cdnTags?: CdnHeader | undefined;
};

/** What is only served was built before: nothing need be recorded again. */
const servingPhase = 'phase-production-server';

/**
 * Installs the guard around Next.js's cache, and records in next.config when the content of this build was fetched. Gives
 * back what it is given, an object for an object and a function for a function, so that it stands anywhere among others
 * that wrap next.config.
 */
export function withEverypod<Given extends Config | ConfigFunction>(
  nextConfig?: Given,
  options?: Options,
): Given;
export function withEverypod(
  nextConfig: Config | ConfigFunction = {},
  { projectDir = process.cwd(), cacheHandler, cdnTags }: Options = {},
): Config | ConfigFunction {
  const header = readCdnTags(cdnTags, cacheHandler !== false && process.getBuiltinModule !== undefined);
  const guarded = (config: NextConfig) => (cacheHandler === false ? config : withGuard(config));
  const recorded = (config: NextConfig) => withRecord(guarded(config), projectDir, header);
  if (typeof nextConfig !== 'function') return of(nextConfig, recorded);
  return (phase, context) => of(nextConfig(phase, context), phase === servingPhase ? guarded : recorded);
}

function of(config: Config, change: (known: NextConfig) => NextConfig): Config {
  return 'then' in config ? config.then(change) : change(config);
}

/** `next dev` makes each page anew anyway, and before Node.js 20.16 the guard has no way to ask for what it needs. */
function withGuard(config: NextConfig): NextConfig {
  if (config.cacheHandler !== undefined || process.env.NODE_ENV === 'development') return config;
  if (process.getBuiltinModule === undefined) return config;
  return { ...config, cacheHandler: guardFile() };
}

function guardFile(): string {
  return join(fileURLToPath(import.meta.url), '..', 'cache-handler.js');
}

/** An object is read by `next start` too, but what it then says is in no bundle: the build has put in its own. */
function withRecord(config: NextConfig, projectDir: string, cdnTags: CdnHeader | null): NextConfig {
  const { basePath = '', distDir = '.next', cacheHandler } = config;
  const record: BuildRecord = {
    builtAt: contentTime(projectDir, distDir),
    basePath,
    distDir,
    nextVersion: versionOfNext(projectDir),
    cacheHandler: cacheHandler === undefined ? 'none' : cacheHandler === guardFile() ? 'guarded' : 'own',
    useCache: mayUseCache(config),
    cdnTags,
  };
  return { ...config, env: { ...config.env, [buildRecordName]: JSON.stringify(record) } };
}

/** The settings that allow `use cache`, by the names that they have had. */
function mayUseCache(config: NextConfig): boolean {
  const all: Record<string, unknown> = { ...config, ...config.experimental };
  return ['cacheComponents', 'useCache', 'dynamicIO'].some((name) => all[name] === true);
}
