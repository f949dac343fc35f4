import type { PodAddress } from '@everypod/fan-out';
import type { OpenEvent } from '../report/open-event.ts';
import { createLane, type Lane, type LaneOptions } from './lane.ts';

/** One lane per pod that something is to reach. */
export type Lanes = {
  push(event: OpenEvent, address: PodAddress): void;
  /** Starts no further attempt; resolves when those under way have ended. */
  stop(): Promise<void>;
};

export function createLanes(options: Omit<LaneOptions, 'address'>): Lanes {
  const lanes = new Map<string, Lane>();
  let stopped = false;
  return {
    push(event, address) {
      if (stopped) return;
      const { key } = address;
      const lane = lanes.get(key) ?? createLane({ ...options, address });
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
