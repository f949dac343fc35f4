import { type BuiltApp, buildApp } from '../../../pod/tests/next/surroundings/build.ts';

/** The app of the fault suite for each Next.js that is tested, built or found built already. */
export async function buildApps(): Promise<BuiltApp[]> {
  // The very app that the pods' own tests ask for, so that whoever has run them builds none here.
  const plain = { pages: 'isr', basePath: '', trailingSlash: false, config: 'next.config.ts' } as const;
  const apps: BuiltApp[] = [];
  // One after the other: each build takes all of the processor.
  for (const next of [15, 16] as const) apps.push(await buildApp({ next, ...plain }));
  return apps;
}
