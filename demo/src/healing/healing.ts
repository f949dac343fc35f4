import { setTimeout as delay } from 'node:timers/promises';
import type { Cursor, Pods as Standings } from '@everypod/contract';
import type { Cause, Healing } from '../cluster.ts';
import { limits } from '../limits.ts';

export type Healings = {
  /** From now on this pod is watched until it has all that the bridge has. */
  began(pod: { name: string; ip: string }, from: Cause): void;
  /** It was taken away meanwhile; nothing heals here. */
  ended(name: string): void;
  of(name: string): Healing | null;
};

type Watch = { ip: string; from: Cause; since: number; ms: number | null };

/** Measures how long pods take to catch up, by what they have told the bridge, or a probe, since. */
export function createHealings(options: {
  standings: () => Promise<Standings | null>;
  /** By its last probe; null as long as a pod that was started has not passed one. */
  cursorOf: (name: string) => Cursor | null;
  changed: () => void;
  now?: () => number;
  pollMs?: number;
}): Healings {
  const { standings, cursorOf, changed, now = Date.now, pollMs = limits.healingPollMs } = options;
  const watches = new Map<string, Watch>();
  let watching = false;

  const unhealed = () => [...watches].filter(([, { ms }]) => ms === null);

  const healedAt = (name: string, { ip, from, since }: Watch, known: Standings): number | null => {
    const cursor = from === 'start' ? cursorOf(name) : null;
    if (cursor?.epoch === known.epoch && cursor.seq >= known.head) return now();
    const pod = known.pods.find((one) => one.ip === ip);
    const heardAt = Date.parse(pod?.lastSeen ?? '');
    return pod?.behind === 0 && heardAt >= since ? heardAt : null;
  };

  const look = async () => {
    const known = await standings();
    for (const [name, watch] of unhealed()) {
      const healed = known && healedAt(name, watch, known);
      if (healed !== null) {
        watch.ms = healed - watch.since;
        changed();
      } else if (now() - watch.since > limits.healingWatchMs) {
        watches.delete(name);
        changed();
      }
    }
  };

  const watchOn = async () => {
    if (watching) return;
    watching = true;
    while (unhealed().length > 0) {
      await look();
      await delay(pollMs, undefined, { ref: false });
    }
    watching = false;
  };

  return {
    began({ name, ip }, from) {
      watches.set(name, { ip, from, since: now(), ms: null });
      changed();
      void watchOn();
    },
    ended(name) {
      watches.delete(name);
      changed();
    },
    of(name) {
      const watch = watches.get(name);
      return watch ? { from: watch.from, ms: watch.ms } : null;
    },
  };
}
