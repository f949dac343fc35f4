import { type NameServer, startNameServer } from '../dns/server.ts';
import { createKubelet, type Kubelet } from '../kubelet/kubelet.ts';
import type { NextPod } from '../next/next-pod.ts';
import { createSite } from '../origin/site.ts';
import { createReaders, type Readers } from '../readers/readers.ts';
import type { Ground } from './ground.ts';

/** What goes by which pods are ready: who probes them, who names them, who reads from them. */
export type Cluster = { kubelet: Kubelet; nameServer: NameServer; readers: Readers };

/** The name under which the pods that are ready are found. */
export const podService = 'nextjs-headless.faults.svc.cluster.local';

export async function startCluster(ground: Ground, nextPods: readonly NextPod[]): Promise<Cluster> {
  const { options, network, chronicle, random } = ground;
  const kubelet = createKubelet({
    port: network.podPort,
    chronicle,
    random: random.fork('kubelet'),
    probePeriodMs: options.probePeriodMs,
    becameReady: (ip) => readers.becameReady(ip),
  });
  const nameServer = await startNameServer({
    ip: network.dnsIp,
    port: network.dnsPort,
    service: podService,
    addresses: kubelet.readyIps,
    nobody: network.nobody,
    hanging: network.hanging,
  });
  const readers = createReaders({
    port: network.podPort,
    chronicle,
    random: random.fork('readers'),
    paths: createSite(options.articles).pages.map(({ path }) => path),
    readyIps: kubelet.readyIps,
    nextPods,
    boundMs: options.boundMs,
  });
  return { kubelet, nameServer, readers };
}
