import { constants } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlogBuild } from '../builds/blog-build.ts';
import type { PodAction, PodView } from '../cluster.ts';
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
  restart(name: string): Promise<PodAction>;
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
  processes: Processes;
  say: (line: string) => void;
}): Pods {
  const { build, folder, port, kubelet, processes, say } = options;
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
        PORT: String(port),
        POD_IP: ip,
        POD_NAME: name,
      },
    });
    running.earlyEnd.catch((error: Error) => say(error.message));
    const pod = { name, ip, process: running };
    pods.set(name, pod);
    kubelet.watch({ name, ip, url: `http://${ip}:${port}` });
    return pod;
  };

  const view = (watched: Watched): PodView => {
    const running = pods.get(watched.name)?.process.running() ?? false;
    // Only a pod that visitors are no longer sent to is said to be stopped: until then nobody has noticed.
    const stopped = !running && watched.phase !== 'ready';
    return { ...watched, phase: stopped ? 'stopped' : watched.phase, running };
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
    kill: async (name) => {
      const pod = pods.get(name);
      if (!pod) return 'unknown pod';
      if (!pod.process.running()) return 'not running';
      await pod.process.kill();
      say(`${name} was killed; nobody has noticed yet`);
      return 'done';
    },
    restart: async (name) => {
      const pod = pods.get(name);
      if (!pod) return 'unknown pod';
      await pod.process.stop();
      await start(name, pod.ip);
      return 'done';
    },
  };
}
