import type { Random } from '../seed/random.ts';
import type { Host } from '../system/host.ts';
import type { Pod } from '../system/pods.ts';
import type { System } from '../system/system.ts';
import { NotPossible } from './injection.ts';

/** A pod on which no other fault is, held until `release`. @throws {NotPossible} */
export function takePod({ pods }: System, random: Random): { pod: Pod; release: () => void } {
  const free = pods.free();
  if (free.length === 0) throw new NotPossible('Every pod has a fault on it already.');
  const pod = random.pick(free);
  pod.taken = true;
  return {
    pod,
    release: () => {
      pod.taken = false;
    },
  };
}

/** A host on whose pods no fault is. @throws {NotPossible} */
export function takeHost({ hosts, pods }: System, random: Random): { host: Host; release: () => void } {
  const of = (host: Host) => pods.all().filter((pod) => pod.host === host);
  const free = hosts.filter((host) => !host.frozen() && of(host).every((pod) => pod.runs && !pod.taken));
  if (free.length < 2) throw new NotPossible('No host can be spared.');
  const host = random.pick(free);
  const its = of(host);
  host.taken = true;
  for (const pod of its) pod.taken = true;
  return {
    host,
    release: () => {
      host.taken = false;
      for (const pod of its) pod.taken = false;
    },
  };
}
