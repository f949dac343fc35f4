import { setTimeout as sleep } from 'node:timers/promises';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { NotPossible } from '../injections/injection.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import type { Network } from '../network.ts';
import type { Order } from '../pods/commands.ts';
import type { WireFault } from '../wire/fault.ts';
import type { Build } from './builds.ts';
import type { Host } from './host.ts';

/** One pod of the system: an address, and whatever process lives there now. */
export type Pod = {
  number: number;
  ip: string;
  name: string;
  host: Host;
  build: Build;
  runs: boolean;
  /** A fault holds this pod; no other may. */
  taken: boolean;
};

export type Pods = {
  all(): Pod[];
  /** Pods that a fault may be put on now. */
  free(): Pod[];
  add(build: Build): Promise<Pod>;
  /** Ends its process without a word. It stays listed until its probes have failed. */
  kill(pod: Pod): Promise<void>;
  /** Takes it out of the Service, as a rollout does, and ends it. */
  remove(pod: Pod): Promise<void>;
  /** A new life at the same address. */
  restart(pod: Pod, build?: Build): Promise<void>;
  wire(pod: Pod, fault: WireFault | null): Promise<void>;
  /** `to`: what answers for the bridge instead; nothing, where it is not given. */
  cutOff(pod: Pod, reason: string, to?: string): Promise<void>;
  join(pod: Pod, reason: string): Promise<void>;
  skew(pod: Pod, skewMs: number): Promise<void>;
  /** Everything that the host runs is gone at once, and starts again after a while. */
  killHost(host: Host, downMs: number): Promise<void>;
};

type Options = {
  network: Network;
  hosts: readonly Host[];
  kubelet: Kubelet;
  chronicle: Chronicle;
  bridgeUrl: string;
  originUrl: string;
  secretFile: string;
  articles: number;
  longRenderMs: number;
  guarded: (pod: number) => boolean;
  environmentOf: (pod: number) => Record<string, string>;
};

export function createPods(options: Options): Pods {
  const { network, hosts, kubelet, chronicle } = options;
  const pods = new Map<string, Pod>();
  const nowhere = `http://${network.nobody(1)[0]}:${network.bridgePort}`;
  let born = 0;

  async function birth(pod: Pod) {
    const { ip, name, build, host } = pod;
    await host.order({
      do: 'birth',
      birth: {
        ip,
        name,
        port: network.podPort,
        bridgeUrl: options.bridgeUrl,
        originUrl: options.originUrl,
        secretFile: options.secretFile,
        articles: options.articles,
        longRenderMs: options.longRenderMs,
        guarded: options.guarded(pod.number),
        skewMs: 0,
        environment: options.environmentOf(pod.number),
        ...build,
      },
    });
    pod.runs = true;
  }

  /** One that was removed meanwhile has taken its fault with it. */
  async function tell(pod: Pod, order: Order) {
    if (pods.has(pod.ip)) await pod.host.order(order);
  }

  async function restart(pod: Pod, build = pod.build) {
    if (!pods.has(pod.ip)) return;
    pod.build = build;
    await birth(pod);
    if (!pods.has(pod.ip)) await kill(pod);
  }

  async function kill(pod: Pod) {
    if (!pod.runs) return;
    pod.runs = false;
    await pod.host.order({ do: 'death', ip: pod.ip });
  }

  return {
    all: () => [...pods.values()],
    free: () => [...pods.values()].filter((pod) => pod.runs && !pod.taken && !pod.host.frozen()),
    restart,
    async add(build) {
      const number = born;
      born += 1;
      const able = hosts.filter((one) => one.pid() !== 0 && !one.frozen() && !one.taken);
      const host = able[number % able.length];
      if (!host) throw new NotPossible('No host is free to run a pod.');
      const pod: Pod = {
        number,
        ip: network.podIp(number),
        name: `nextjs-${number}`,
        host,
        build,
        runs: false,
        taken: false,
      };
      await birth(pod);
      pods.set(pod.ip, pod);
      kubelet.watch(pod.ip);
      return pod;
    },
    kill,
    async remove(pod) {
      kubelet.forget(pod.ip);
      pods.delete(pod.ip);
      // What holds its host would keep that from hearing of it.
      while (pod.host.taken) await sleep(limits.reachPeriodMs);
      await kill(pod);
    },
    wire: (pod, fault) => tell(pod, { do: 'wire', ip: pod.ip, fault }),
    async cutOff(pod, reason, to = nowhere) {
      chronicle.note({ what: 'cut off', ip: pod.ip, reason });
      await tell(pod, { do: 'bridge', ip: pod.ip, url: to });
    },
    async join(pod, reason) {
      await tell(pod, { do: 'bridge', ip: pod.ip, url: options.bridgeUrl });
      chronicle.note({ what: 'joined', ip: pod.ip, reason });
    },
    skew: (pod, skewMs) => tell(pod, { do: 'clock', ip: pod.ip, skewMs }),
    async killHost(host, downMs) {
      const its = [...pods.values()].filter((pod) => pod.host === host);
      const ran = its.filter((pod) => pod.runs);
      for (const pod of its) pod.runs = false;
      await host.kill();
      await sleep(downMs);
      await host.start();
      for (const pod of ran) await restart(pod);
    },
  };
}
