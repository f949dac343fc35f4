import type { PodView } from '../cluster.ts';

/**
 * The lines to print for pods that have come or gone since the last call.
 * @returns a function that is given all pods each time anything has changed
 */
export function createPhaseLines(): (pods: Pick<PodView, 'name' | 'phase' | 'reason'>[]) => string[] {
  const before = new Map<string, string>();
  return (pods) =>
    pods.flatMap(({ name, phase, reason }) => {
      const known = before.get(name);
      before.set(name, phase);
      if (known === phase) return [];
      if (phase === 'ready') return [`${name} is ready: it is in DNS and gets visitors`];
      if (phase === 'starting') return [`${name} starts`];
      // From not ready to stopped nothing changes for visitors.
      if (known !== 'ready') return [];
      return [`${name} is ${phase}: it is out of DNS and gets no visitors. ${reason ?? ''}`.trimEnd()];
    });
}
