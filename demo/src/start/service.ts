import { createBalancer } from '../balancer/balancer.ts';
import { startDns } from '../dns/dns.ts';
import { createKubelet, type Kubelet } from '../kubelet/kubelet.ts';
import { listen } from '../listen/listen.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

/** The Service: kubelet says which pods are in it, DNS and the balancer send callers there. */
export async function startService({ endWith, state }: Start, places: Places): Promise<Kubelet> {
  const { ports, letGo, service } = places;
  const kubelet = createKubelet(state.secrets.podSecret);
  endWith(kubelet.stop);
  await letGo('dns');
  endWith(
    await startDns({
      ip: '127.0.0.1',
      port: ports.dns,
      service,
      addresses: () => kubelet.ready().map(({ ip }) => ip),
    }),
  );
  await letGo('balancer');
  endWith(await listen(createBalancer(kubelet.ready), ports.balancer));
  return kubelet;
}
