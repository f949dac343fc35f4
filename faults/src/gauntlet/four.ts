import type { Pod } from '../system/pods.ts';
import type { System } from '../system/system.ts';

export type Four = { missing: Pod; answeredFor: Pod; gapped: Pod; reborn: Pod };

/** The number of the pod that is left alone until its lease is over. */
export const alonePod = 2;

export function fourOf({ pods }: System): Four {
  const [missing, answeredFor, gapped, reborn] = pods.all();
  if (!missing || !answeredFor || !gapped || !reborn) throw new Error('The gauntlet needs four pods.');
  return { missing, answeredFor, gapped, reborn };
}
