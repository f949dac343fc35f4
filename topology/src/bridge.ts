import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Processes } from '../../demo/src/processes/processes.ts';
import type { Caller } from './inside/caller.ts';
import { limits } from './limits.ts';
import type { Namespace } from './namespaces.ts';
import { plan, urls } from './plan.ts';
import { until } from './until.ts';

const program = fileURLToPath(new URL('../../bridge/bin/everypod-bridge.mjs', import.meta.url));

/** The bridge as a process of its own on the node, with a journal of its own. Resolves once it takes events. */
export async function startBridge(options: {
  namespace: Namespace;
  caller: Caller;
  processes: Processes;
  folder: string;
  environment: Record<string, string>;
}): Promise<{ stop(): Promise<void> }> {
  const folder = join(options.folder, 'bridge');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const [command, args] = options.namespace.command([process.execPath, program], {
    EVERYPOD_LISTEN: `0.0.0.0:${plan.ports.bridge}`,
    EVERYPOD_POD_CIDRS: `${plan.cluster.inside}/${plan.insideBits}`,
    EVERYPOD_JOURNAL: `sqlite:${join(folder, 'journal.sqlite')}`,
    ...options.environment,
  });
  const server = options.processes.start({ name: 'bridge', command, args });
  await Promise.race([
    until('the bridge is ready', limits.startMs, () => options.caller.json(`${urls.bridge}/readyz`)),
    server.earlyEnd,
  ]);
  return { stop: () => server.stop() };
}
