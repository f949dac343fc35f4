/** Who is where. The README draws it. */
export const plan = {
  wordpress: { outside: '10.1.0.10' },
  /** The node: the bridge, the way out of the cluster, and its DNS server. */
  cluster: { outside: '10.1.0.20', inside: '10.244.0.20' },
  dns: { inside: '10.244.0.53' },
  loadBalancer: { outside: '10.1.0.30', inside: '10.244.0.30' },
  pods: [
    { name: 'nextjs-a', ip: '10.244.1.5' },
    { name: 'nextjs-b', ip: '10.244.2.8' },
  ],
  outsideBits: 24,
  insideBits: 16,
  headless: 'nextjs-headless.myapp.svc.cluster.local',
  /** As kubelet writes it for every pod of the namespace `myapp`. */
  resolver: [
    'nameserver 10.244.0.53',
    'search myapp.svc.cluster.local svc.cluster.local cluster.local',
    'options ndots:5',
  ],
  ports: { pod: 3_000, bridge: 8_080, wayOut: 8_000 },
} as const;

export type PlannedPod = (typeof plan.pods)[number];

export const urls = {
  wordpress: `http://${plan.wordpress.outside}`,
  loadBalancer: `http://${plan.loadBalancer.outside}`,
  /** As WordPress reaches it, and as the pods do. */
  bridge: `http://${plan.cluster.outside}:${plan.ports.bridge}`,
  bridgeFromPods: `http://${plan.cluster.inside}:${plan.ports.bridge}`,
  wordpressFromPods: `http://${plan.cluster.inside}:${plan.ports.wayOut}`,
  pods: `http://${plan.headless}:${plan.ports.pod}/siteapi/revalidate`,
  pod: ({ ip }: { ip: string }) => `http://${ip}:${plan.ports.pod}`,
} as const;
