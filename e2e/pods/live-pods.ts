import type { RequestUtils } from '@wordpress/e2e-test-utils-playwright';
import type { PodsAnswer } from '../../wp-plugin/src/rest/shapes.ts';
import type { Addresses, Pod } from '../system/addresses.ts';

export interface LivePod extends Pod {
  instance: string;
}

/** The pods that the bridge counts as live now, as the status page lists them. */
export async function readLivePods(requests: RequestUtils, addresses: Addresses): Promise<LivePod[]> {
  const { pods, problem } = await requests.rest<PodsAnswer>({ path: '/everypod/v1/pods' });
  if (pods === null) throw new Error(problem?.message ?? 'The bridge lists no pods.');
  const [known] = addresses.pods;
  if (known === undefined) throw new Error('The system started without pods.');
  return pods.pods
    .filter(({ live }) => live)
    .map(({ name, ip, instance }) => ({ name, ip, instance, url: known.url.replace(known.ip, ip) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
