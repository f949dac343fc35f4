import { type BuiltApp, buildApp } from '../../../pod/tests/next/surroundings/build.ts';

/** The app of the fault suite, built for each Next.js that is tested, or found built already. */
export async function buildApps(): Promise<BuiltApp[]> {
  const versions = {
    pages: 'versions',
    basePath: '',
    trailingSlash: false,
    config: 'next.config.ts',
  } as const;
  const apps: BuiltApp[] = [];
  // One after the other: each build takes all of the processor.
  for (const next of [15, 16] as const) apps.push(await buildApp({ next, ...versions }));
  return apps;
}
