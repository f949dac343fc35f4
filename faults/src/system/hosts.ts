import { join } from 'node:path';
import type { Ground } from './ground.ts';
import { createHost, type Host } from './host.ts';

/** Resolves once each has said that it runs. */
export async function startHosts({ options, programs, chronicles }: Ground): Promise<Host[]> {
  const hosts = Array.from({ length: options.hosts }, (_, index) =>
    createHost({
      name: `host-${index}`,
      chronicle: join(chronicles, `host-${index}.jsonl`),
      seed: `${options.seed}/host-${index}`,
      programs,
      environment: options.hostEnvironment,
    }),
  );
  await Promise.all(hosts.map((host) => host.start()));
  return hosts;
}
