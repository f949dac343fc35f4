import { fileURLToPath } from 'node:url';
import { limits } from '../limits.ts';
import { createOriginClient } from '../origin/client.ts';
import type { Ground } from './ground.ts';

const program = fileURLToPath(new URL('../origin/program.ts', import.meta.url));

/** The origin's process, as its parent sees it. */
export type OriginProcess = { url: string; client: ReturnType<typeof createOriginClient> };

/** Resolves once it answers. */
export async function startOriginProcess({ programs, network, options }: Ground): Promise<OriginProcess> {
  const { originIp, podPort } = network;
  const running = programs.start({
    name: 'origin',
    args: [program, originIp, String(podPort), String(options.articles)],
    channel: true,
  });
  const answered = Promise.withResolvers<void>();
  running.onMessage(() => answered.resolve());
  void running.ended.then(() => answered.reject(new Error('The origin did not start.')));
  await answered.promise;
  const url = `http://${originIp}:${podPort}`;
  return { url, client: createOriginClient(url, limits.readDeadlineMs) };
}
