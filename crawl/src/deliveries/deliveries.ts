import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery } from '../../../wp-plugin/src/rest/shapes.ts';
import { limits } from '../limits.ts';
import type { WordPress } from '../site/wordpress.ts';

/** `nothing`: no event was made. `settled`: every pod has settled each. `late`: not within the limit. */
export type Delivered = { how: 'nothing' | 'settled' | 'late'; events: Delivery[]; ms: number };

/** The status page's list of what was sent. */
export function createDeliveries({ rest }: Pick<WordPress, 'rest'>) {
  const last = async (): Promise<Delivery[]> => {
    const { deliveries } = await rest<{ deliveries: Delivery[] }>(
      'GET',
      `/everypod/v1/deliveries?per_page=${limits.deliveriesPerLook}`,
    );
    return deliveries;
  };
  const known = new Set<string>();

  return {
    /** What was sent until now is no news. */
    async begin(): Promise<void> {
      for (const { id } of await last()) known.add(id);
    },
    /** Waits for all that was sent since the last time. */
    async settled(): Promise<Delivered> {
      const beganAtMs = performance.now();
      const took = () => Math.round(performance.now() - beganAtMs);
      for (;;) {
        const events = (await last()).filter(({ id }) => !known.has(id));
        const has = (done: (one: Delivery) => boolean) => events.every(done);
        const isSettled = has(({ state }) => state === 'settled');
        const isOver = has(({ final }) => final) || (isSettled && took() > limits.finalMs);
        if ((isSettled && isOver) || took() > limits.settledMs) {
          for (const { id } of events) known.add(id);
          const how = !isSettled ? 'late' : events.length === 0 ? 'nothing' : 'settled';
          return { how, events, ms: took() };
        }
        await delay(limits.deliveriesLookMs);
      }
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
