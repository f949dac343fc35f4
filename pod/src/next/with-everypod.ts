import type { NextConfig } from 'next';
import { type BuildRecord, buildRecordName } from './build-record.ts';
import { contentTime } from './content-time.ts';
import { versionOfNext } from './version.ts';

type Context = { defaultConfig: NextConfig };
type ConfigFunction = (phase: string, context: Context) => NextConfig | PromiseLike<NextConfig>;

/** `next start` and standalone serve what was recorded at build time; it must not be recorded again. */
const servingPhase = 'phase-production-server';
const developmentPhase = 'phase-development-server';

/**
 * Wraps next.config, an object or a function, and records when the content of this build was fetched.
 * @param projectDir the folder that next.config lies in, where `next build` runs elsewhere
 */
export function withEverypod(
  nextConfig: NextConfig | ConfigFunction = {},
  { projectDir = process.cwd() }: { projectDir?: string } = {},
): (phase: string, context: Context) => Promise<NextConfig> {
  return async (phase, context) => {
    const config = typeof nextConfig === 'function' ? await nextConfig(phase, context) : nextConfig;
    if (phase === servingPhase) return config;
    const { basePath = '', distDir = '.next' } = config;
    const record: BuildRecord = {
      builtAt: contentTime(projectDir, distDir),
      basePath,
      distDir: phase === developmentPhase ? null : distDir,
      nextVersion: versionOfNext(projectDir),
    };
    return { ...config, env: { ...config.env, [buildRecordName]: JSON.stringify(record) } };
  };
}
