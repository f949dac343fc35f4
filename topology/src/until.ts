import { setTimeout as delay } from 'node:timers/promises';
import { limits } from './limits.ts';

/** Looks again and again until it does not throw. @throws with the last reason */
export async function until<T>(condition: string, withinMs: number, look: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > giveUpAt) {
        throw new Error(`Waited ${withinMs / 1_000} s until ${condition}.`, { cause: error });
      }
    }
    await delay(limits.lookMs);
  }
}
