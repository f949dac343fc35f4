import type { NextConfig } from 'next';
import { type BuildRecord, buildRecordName } from './build-record.ts';
import { contentTime } from './content-time.ts';
import { versionOfNext } from './version.ts';

type Config = NextConfig | PromiseLike<NextConfig>;
type ConfigFunction = (phase: string, context: { defaultConfig: NextConfig }) => Config;
type Options = {
  /** The folder that next.config lies in, where `next build` runs elsewhere. */
  projectDir?: string;
};

/** What is only served was built before: nothing need be recorded again. */
const servingPhase = 'phase-production-server';

/**
 * Records in next.config when the content of this build was fetched. Gives back what it is given, an object for an
 * object and a function for a function, so that it stands anywhere among others that wrap next.config.
 */
export function withEverypod<Given extends Config | ConfigFunction>(
  nextConfig?: Given,
  options?: Options,
): Given;
export function withEverypod(
  nextConfig: Config | ConfigFunction = {},
  { projectDir = process.cwd() }: Options = {},
): Config | ConfigFunction {
  const recorded = (config: Config): Config =>
    'then' in config ? config.then((known) => withRecord(known, projectDir)) : withRecord(config, projectDir);
  if (typeof nextConfig !== 'function') return recorded(nextConfig);
  return (phase, context) => {
    const config = nextConfig(phase, context);
    return phase === servingPhase ? config : recorded(config);
  };
}

/** An object is read by `next start` too, but what it then says is in no bundle: the build has put in its own. */
function withRecord(config: NextConfig, projectDir: string): NextConfig {
  const { basePath = '', distDir = '.next' } = config;
  const record: BuildRecord = {
    builtAt: contentTime(projectDir, distDir),
    basePath,
    distDir,
    nextVersion: versionOfNext(projectDir),
  };
  return { ...config, env: { ...config.env, [buildRecordName]: JSON.stringify(record) } };
}
