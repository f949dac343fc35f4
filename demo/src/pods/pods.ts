import { constants } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlogBuild } from '../builds/blog-build.ts';
import type { PodAction, PodView } from '../cluster.ts';
import type { Healings } from '../healing/healing.ts';
import type { Kubelet, Watched } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import { hold } from '../ports/hold.ts';
import { missingAddress } from '../ports/missing-address.ts';
import type { Processes, RunningProcess } from '../processes/processes.ts';
import { Trouble } from '../trouble.ts';
import { podAt } from './addresses.ts';

export type Pods = {
  views(): PodView[];
  /** @throws {Trouble} when there are as many as the demo can run, or the machine lacks the address */
  add(): Promise<PodView>;
  kill(name: string): Promise<PodAction>;
  freeze(name: string): Promise<PodAction>;
  thaw(name: string): Promise<PodAction>;
  restart(name: string): Promise<PodAction>;
  /** Every pod that can hear of it heals from that. */
  bridgeIsBack(): void;
};

type Pod = { name: string; ip: string; process: RunningProcess };

/** The Next.js pods: each a process of its own, at an address of its own, from its own copy of the build. */
export function createPods(options: {
  build: BlogBuild;
  /** Where the copies lie. */
  folder: string;
  port: number;
  /** What every pod gets beside its name and address. */
  environment: Record<string, string>;
  kubelet: Kubelet;
  healings: Healings;
  processes: Processes;
  say: (line: string) => void;
}): Pods {
  const { build, folder, port, kubelet, healings, processes, say } = options;
  const pods = new Map<string, Pod>();

  const start = async (name: string, ip: string): Promise<Pod> => {
    const copy = join(folder, name);
    // A new copy every time: a container that restarts begins with its image's files as well.
    await rm(copy, { recursive: true, force: true });
    await cp(build.folder, copy, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    const running = processes.start({
      name,
      command: process.execPath,
      args: [join(copy, build.server)],
      cwd: copy,
      environment: {
        ...options.environment,
        NODE_ENV: 'production',
        HOSTNAME: ip,
        // Longer than the balancer keeps an idle connection, or it would call on what a pod is about to close.
        KEEP_ALIVE_TIMEOUT: '60000',
        PORT: String(port),
        POD_IP: ip,
        POD_NAME: name,
      },
    });
    running.earlyEnd.catch((error: Error) => say(error.message));
    const pod = { name, ip, process: running };
    pods.set(name, pod);
    kubelet.watch({ name, ip, url: `http://${ip}:${port}` });
    healings.began(pod, 'start');
    return pod;
  };

  const view = (watched: Watched): PodView => {
    const process = pods.get(watched.name)?.process;
    const running = process?.running() ?? false;
    const frozen = process?.frozen() ?? false;
    // Only a pod that visitors are no longer sent to is said to be stopped or frozen: until then nobody has noticed.
    const noticed = watched.phase === 'ready' ? null : whyGone({ running, frozen });
    const healing = healings.of(watched.name);
    return { ...watched, phase: noticed ?? watched.phase, running, frozen, healing };
  };

  const toRunning = async (name: string, act: (pod: Pod) => unknown): Promise<PodAction> => {
    const pod = pods.get(name);
    if (!pod) return 'unknown pod';
    if (!pod.process.running()) return 'not running';
    await act(pod);
    return 'done';
  };

  return {
    views: () => kubelet.watched().map(view),
    add: async () => {
      if (pods.size >= limits.podsAtMost)
        throw new Trouble(`The demo runs at most ${limits.podsAtMost} pods.`);
      const { name, ip } = podAt(pods.size);
      const found = await hold(ip, port);
      if (found === 'no address') throw new Trouble(missingAddress([ip]));
      if (typeof found === 'string')
        throw new Trouble(`Something else listens at ${ip}:${port}, so ${name} can't.`);
      await found.letGo();
      await start(name, ip);
      const added = kubelet.watched().find((one) => one.name === name);
      if (!added) throw new Error(`The kubelet does not watch ${name}.`);
      return view(added);
    },
    kill: (name) =>
      toRunning(name, async ({ process }) => {
        await process.kill();
        healings.ended(name);
        say(`${name} was killed; nobody has noticed yet`);
      }),
    freeze: (name) =>
      toRunning(name, ({ process }) => {
        process.freeze();
        healings.ended(name);
        say(`${name} was frozen; nobody has noticed yet`);
      }),
    thaw: (name) =>
      toRunning(name, (pod) => {
        if (!pod.process.frozen()) return;
        healings.began(pod, 'thaw');
        pod.process.thaw();
        say(`${name} was thawed`);
      }),
    restart: async (name) => {
      const pod = pods.get(name);
      if (!pod) return 'unknown pod';
      await pod.process.stop();
      await start(name, pod.ip);
      return 'done';
    },
    bridgeIsBack: () => {
      for (const pod of pods.values()) {
        if (pod.process.running() && !pod.process.frozen()) healings.began(pod, 'bridge');
      }
    },
  };
}

function whyGone({ running, frozen }: { running: boolean; frozen: boolean }): 'stopped' | 'frozen' | null {
  if (!running) return 'stopped';
  return frozen ? 'frozen' : null;
}
