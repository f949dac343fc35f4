import { fileURLToPath } from 'node:url';
import { openLedger } from '../../demo/src/processes/ledger.ts';
import { createProcesses } from '../../demo/src/processes/processes.ts';
import { openState } from '../../demo/src/state/state.ts';
import { startBridge } from './bridge.ts';
import { type Caller, startCaller } from './inside/caller.ts';
import { makeNamespaces, type Namespaces } from './namespaces.ts';
import { plan } from './plan.ts';
import { deploy } from './pods.ts';
import { startDns, startLoadBalancer, startWayOut } from './servers.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

const folder = fileURLToPath(new URL('../../.everypod/topology', import.meta.url));
const networks = ['outside', 'inside'] as const;

export type Topology = {
  wordpress: WordPress;
  /** Those who make calls: from the machine of WordPress, and from the node. */
  from: { wordpress: Caller; cluster: Caller };
  secrets: { secret: string; podSecret: string };
  /** Where each program's log lies, under its name. */
  logs: string;
  /** @param probe what kubelet asks for */
  startPods(image: string, environment: Record<string, string>, probe?: string): ReturnType<typeof deploy>;
  startBridge(environment: Record<string, string>): ReturnType<typeof startBridge>;
  stop(): Promise<void>;
};

/** Everything that stays as it is: the networks, WordPress, the load balancer, DNS and the pods' way out. */
export async function startTopology(): Promise<Topology> {
  const state = await openState({ folder, fresh: true });
  const processes = createProcesses({ logs: state.logs, ledger: openLedger(state.processes) });
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    await processes.stopAll();
    for (const end of ends.toReversed()) await end();
    state.release();
  };
  try {
    const namespaces = await makeNamespaces(networks);
    ends.push(namespaces.remove);
    const machines = await placeMachines(namespaces);
    const from = { wordpress: startCaller(machines.wordpress), cluster: startCaller(machines.cluster) };
    ends.push(from.wordpress.stop, from.cluster.stop);
    const where = { folder: state.folder, processes };
    await startDns(machines.cluster, where);
    await startWayOut(machines.cluster, where);
    await startLoadBalancer(machines.loadBalancer, where);
    const wordpress = await startWordPress({
      namespace: machines.wordpress,
      caller: from.wordpress,
      folder: state.wordpress,
      processes,
    });
    return {
      wordpress,
      from,
      secrets: state.secrets,
      logs: state.logs,
      startPods: (image, environment, probe = '/siteapi/ready') =>
        deploy({ namespaces: machines.pods, image, environment, probe, processes, kubelet: from.cluster }),
      startBridge: (environment) =>
        startBridge({
          namespace: machines.cluster,
          caller: from.cluster,
          processes,
          folder: state.folder,
          environment,
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function placeMachines(namespaces: Namespaces) {
  const outside = (ip: string) => ['outside', `${ip}/${plan.outsideBits}`] as const;
  const inside = (ip: string) => ['inside', `${ip}/${plan.insideBits}`] as const;

  const wordpress = await namespaces.add('wordpress');
  await namespaces.plug(wordpress, ...outside(plan.wordpress.outside));

  const cluster = await namespaces.add('cluster', { resolver: plan.resolver });
  await namespaces.plug(cluster, ...outside(plan.cluster.outside));
  await namespaces.plug(cluster, ...inside(plan.cluster.inside));
  await cluster.run(['ip', 'addr', 'add', `${plan.dns.inside}/32`, 'dev', 'inside']);

  const loadBalancer = await namespaces.add('load-balancer');
  await namespaces.plug(loadBalancer, ...outside(plan.loadBalancer.outside));
  await namespaces.plug(loadBalancer, ...inside(plan.loadBalancer.inside));

  const pods = [];
  for (const { name, ip } of plan.pods) {
    const pod = await namespaces.add(name, { resolver: plan.resolver });
    await namespaces.plug(pod, ...inside(ip));
    pods.push(pod);
  }
  return { wordpress, cluster, loadBalancer, pods };
}
