import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Processes, RunningProcess } from '../../demo/src/processes/processes.ts';
import type { Caller } from './inside/caller.ts';
import { limits } from './limits.ts';
import type { Namespace } from './namespaces.ts';
import { type PlannedPod, plan, urls } from './plan.ts';
import { until } from './until.ts';

/** What a visitor of one pod sees of the post: when the copy was rendered, and its title, which no build knows. */
export type Copy = { title: string; rendered: string };

export type Pod = PlannedPod & {
  namespace: Namespace;
  server: RunningProcess;
  /** The page as this pod serves it now. */
  copy(): Promise<Copy>;
};

/** The pods of a Deployment: each in a namespace of its own, with the same image and the same environment. */
export type Deployment = {
  pods: readonly Pod[];
  stop(): Promise<void>;
};

/** Starts a Next.js server for each pod, and is kubelet: all are ready once this returns, and asked again and again. */
export async function deploy(options: {
  namespaces: readonly Namespace[];
  /** The folder of a standalone build. */
  image: string;
  environment: Record<string, string>;
  /** The path that its readiness probe asks for. */
  probe: string;
  processes: Processes;
  kubelet: Caller;
}): Promise<Deployment> {
  const pods = await Promise.all(
    plan.pods.map(async (planned, index): Promise<Pod> => {
      const namespace = options.namespaces[index];
      if (!namespace) throw new Error(`${planned.name} has no namespace.`);
      const folder = await layerOf(planned, options.image);
      const [command, args] = namespace.command([process.execPath, join(folder, 'server.js')], {
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(plan.ports.pod),
        HOSTNAME: planned.ip,
        // The Downward API: status.podIP and metadata.name.
        POD_IP: planned.ip,
        POD_NAME: planned.name,
        WORDPRESS_URL: urls.wordpressFromPods,
        ...options.environment,
      });
      const server = options.processes.start({ name: planned.name, command, args });
      await Promise.race([
        untilReady(`${urls.pod(planned)}${options.probe}`, options.kubelet),
        server.earlyEnd,
      ]);
      return { ...planned, namespace, server, copy: () => copyOf(planned, options.kubelet) };
    }),
  );
  const probes = setInterval(() => {
    for (const pod of pods) void options.kubelet.call(`${urls.pod(pod)}${options.probe}`);
  }, limits.probePeriodMs);
  return {
    pods,
    stop: async () => {
      clearInterval(probes);
      await Promise.all(pods.map(({ server }) => server.kill()));
    },
  };
}

/** A server writes the pages that it renders into its folder, so each has a copy, as a container has its layer. */
async function layerOf({ name }: PlannedPod, image: string): Promise<string> {
  const folder = join(dirname(image), `running-topology-${name}`);
  await rm(folder, { recursive: true, force: true });
  await cp(image, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

const untilReady = (url: string, kubelet: Caller) =>
  until(`${url} is ready`, limits.startMs, async () => {
    const answer = await kubelet.call(url);
    if (!('status' in answer) || answer.status !== 200) throw new Error(JSON.stringify(answer));
  });

async function copyOf(pod: PlannedPod, visitor: Caller): Promise<Copy> {
  const answer = await visitor.call(`${urls.pod(pod)}/my-post`);
  if ('unanswered' in answer) throw new Error(answer.unanswered);
  const title = /<h1>(.*?)<\/h1>/.exec(answer.body)?.[1] ?? '';
  const rendered = /rendered:([\d.]+)/.exec(answer.body)?.[1];
  if (!rendered) throw new Error(`${pod.name} answered ${answer.status}: ${answer.body}`);
  return { title, rendered };
}
