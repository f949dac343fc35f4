import type { PodAddress } from '@everypod/fan-out';
import type { OpenEvent } from '../report/open-event.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { createLane, type Lane, type LaneOptions } from './lane.ts';
import { createPlainLane } from './plain-lane.ts';

/** One lane per pod that something is to reach. */
export type Lanes = {
  push(event: OpenEvent, address: PodAddress): void;
  /** Starts no further attempt; resolves when those under way have ended. */
  stop(): Promise<void>;
};

export type LanesOptions = Omit<LaneOptions, 'address' | 'takeVisits'> & {
  /** Null where no service is plain. */
  plainSecret: SecretSource<string> | null;
};

export function createLanes({ plainSecret, ...options }: LanesOptions): Lanes {
  const lanes = new Map<string, Lane>();
  const takeVisits = new Set<string>();
  let stopped = false;
  function laneTo(address: PodAddress): Lane {
    if (address.service.kind === 'everypod') return createLane({ ...options, address, takeVisits });
    if (plainSecret) return createPlainLane({ ...options, address, secret: plainSecret });
    throw new Error('A plain pod is called with a secret, and the configuration has none.');
  }

  return {
    push(event, address) {
      if (stopped) return;
      const { key } = address;
      const [oldest] = takeVisits;
      if (takeVisits.size > options.limits.podsRemembered && oldest !== undefined) takeVisits.delete(oldest);
      const lane = lanes.get(key) ?? laneTo(address);
      lanes.set(key, lane);
      lane.add(event);
      lane.idle().then(() => {
        if (!lane.busy() && lanes.get(key) === lane) lanes.delete(key);
      });
    },
    async stop() {
      stopped = true;
      for (const lane of lanes.values()) lane.stop();
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    },
  };
}
