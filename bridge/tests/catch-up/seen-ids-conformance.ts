import { limits as messageLimits } from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SeenIds } from '../../src/catch-up/seen-ids.ts';
import { limits as defaultLimits, type Limits } from '../../src/limits.ts';

export type OpenSeenIds = (options: { limits: Limits; now: () => number }) => Promise<SeenIds>;

/** What every memory of message ids has to do. */
export function seenIdsConform(name: string, open: OpenSeenIds) {
  describe(`${name} as a memory of message ids`, () => {
    const limits = { ...defaultLimits, catchUpIdsPerPod: 10, catchUpIdsRemembered: 50 };
    let seenIds: SeenIds;
    let nowMs: number;
    beforeEach(async () => {
      nowMs = 1_700_000_000_000;
      seenIds = await open({ limits, now: () => nowMs });
    });
    /** Each a millisecond after the one before. */
    async function claim(ids: readonly string[], pod: string): Promise<boolean[]> {
      const claimed: boolean[] = [];
      for (const id of ids) {
        nowMs += 1;
        claimed.push(await seenIds.claim(id, pod));
      }
      return claimed;
    }
    const ids = (count: number, prefix = 'id') =>
      Array.from({ length: count }, (_, nth) => `${prefix}_${nth}`);
    const all = (count: number, value: boolean) => Array.from({ length: count }, () => value);

    it('A3 has each id claimed once', async () => {
      expect(await claim(['one', 'one', 'two', 'one'], '10.0.0.1')).toEqual([true, false, true, false]);
    });

    it('A3 holds the same id of two pods for two messages: neither can have been made of the other', async () => {
      expect(await claim(['one'], '10.0.0.1')).toEqual([true]);
      expect(await claim(['one'], 'fd00::1')).toEqual([true]);
      expect(await claim(['one'], 'fd00::1')).toEqual([false]);
    });

    it('A3 forgets an id when no signature of it can hold any more, and not before', async () => {
      await seenIds.claim('one', '10.0.0.1');
      nowMs += messageLimits.replayMemorySeconds * 1_000;
      expect(await seenIds.claim('one', '10.0.0.1')).toBe(false);
      nowMs += 1;
      expect(await seenIds.claim('one', '10.0.0.1')).toBe(true);
    });

    it('A3 keeps the newest ids of a pod that asks without end', async () => {
      await claim(ids(200), '10.0.0.1');
      expect(await claim(ids(200).slice(-10), '10.0.0.1')).toEqual(all(10, false));
      expect(await claim(ids(1), '10.0.0.1')).toEqual([true]);
    });

    it('A3 keeps the ids of the others while one asks without end', async () => {
      const others = ['10.0.0.1', '10.0.0.2', 'fd00::3'];
      for (const pod of others) await claim(ids(10), pod);
      await claim(ids(200, 'chatty'), '10.0.0.9');
      for (const pod of others) expect(await claim(ids(10), pod)).toEqual(all(10, false));
    });

    it('A3 keeps no more in all than it may, the newest', async () => {
      for (let pod = 0; pod < 30; pod += 1) await claim(ids(10), `10.0.0.${pod}`);
      for (let pod = 25; pod < 30; pod += 1) {
        expect(await claim(ids(10), `10.0.0.${pod}`)).toEqual(all(10, false));
      }
      expect(await claim(ids(1), '10.0.0.24')).toEqual([true]);
    });

    it('A3 forgets nothing for a copy', async () => {
      for (let pod = 0; pod < 5; pod += 1) await claim(ids(10), `10.0.0.${pod}`);
      for (let time = 0; time < 20; time += 1) await claim(['id_9'], '10.0.0.4');
      expect(await claim(ids(1), '10.0.0.0')).toEqual([false]);
    });
  });
}
