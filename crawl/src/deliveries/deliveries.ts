import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '@everypod/contract';
import type { Delivery } from '../../../wp-plugin/src/rest/shapes.ts';
import { limits } from '../limits.ts';
import type { WordPress } from '../site/wordpress.ts';
import type { Sender } from './bridge.ts';

/** One event: what WordPress calls the change, and what the bridge knows of it. */
export type Sent = { change: string; report: Report };

/** `nothing`: no event was made. `settled`: every pod has settled each. `late`: not within the limit. */
export type Delivered = { how: 'nothing' | 'settled' | 'late'; events: Sent[] };

/** What WordPress has sent, as its status page lists it, and what the bridge then tells of it. */
export function createDeliveries({ rest }: Pick<WordPress, 'rest'>, { report }: Pick<Sender, 'report'>) {
  const last = async (): Promise<Delivery[]> => {
    const { deliveries } = await rest<{ deliveries: Delivery[] }>(
      'GET',
      `/everypod/v1/deliveries?per_page=${limits.deliveriesPerLook}`,
    );
    return deliveries;
  };
  const known = new Set<string>();

  /** All that is new, once the bridge has it. */
  async function accepted(giveUpAtMs: number): Promise<Delivery[]> {
    for (;;) {
      const events = (await last()).filter(({ id }) => !known.has(id));
      const waits = events.some(({ state }) => state === 'waiting');
      if (!waits || performance.now() > giveUpAtMs) return events;
      await delay(limits.deliveriesLookMs);
    }
  }

  async function settled({ id, change }: Delivery, giveUpAtMs: number): Promise<Sent> {
    let finalByMs = giveUpAtMs;
    for (;;) {
      const told = await report(id);
      const now = performance.now();
      // Visits that are still under way would be taken for the next action's.
      if (told.state === 'settled') finalByMs = Math.min(finalByMs, now + limits.finalMs);
      if (told.final || now > finalByMs) return { change, report: told };
      await delay(limits.reportLookMs);
    }
  }

  return {
    /** What was sent until now is no news. */
    async begin(): Promise<void> {
      for (const { id } of await last()) known.add(id);
    },
    /** Waits for all that was sent since the last time. */
    async settled(): Promise<Delivered> {
      const giveUpAtMs = performance.now() + limits.settledMs;
      const all = await accepted(giveUpAtMs);
      for (const { id } of all) known.add(id);
      const isWaiting = all.some(({ state }) => state === 'waiting');
      const taken = all.filter(({ state }) => state !== 'waiting');
      const events = await Promise.all(taken.map((one) => settled(one, giveUpAtMs)));
      const isLate = isWaiting || events.some(({ report: told }) => told.state !== 'settled');
      return { how: isLate ? 'late' : all.length === 0 ? 'nothing' : 'settled', events };
    },
  };
}
