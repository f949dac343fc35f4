import type { Configuration } from '../configuration/configuration.ts';
import { keyless } from '../keys/keyless.ts';
import type { Life } from '../life.ts';

/** Who this pod is, how far it has got, and what it still has before it. Milliseconds from now. */
export function standingOf({ ip, name }: Configuration, { state, clock, builtAt, guarding }: Life) {
  const { instance, cursor, settled, readyBy, steps, waves, heardAtMs, leaseEndsAtMs } = state;
  const now = clock.monotonicMs();
  const [next] = waves;
  const { learned = null, cdn = null } = guarding()?.guard ?? {};
  return {
    pod: { ip, name, instance, builtAt: builtAt() },
    cursor,
    settled,
    readyBy,
    settling: {
      waiting: steps.length,
      nextInMs: next === undefined ? null : Math.max(0, Math.round(next.dueAtMs - clock.awakeMs())),
    },
    lease: {
      heardAgoMs: heardAtMs === null ? null : Math.round(now - heardAtMs),
      everythingInMs: leaseEndsAtMs === null ? null : Math.max(0, Math.round(leaseEndsAtMs - now)),
    },
    ...(learned !== null && {
      cdn: cdn?.header ?? 'not by tag',
      keys: { made: learned.makings, answers: learned.answers, ...keyless({ guarding }) },
    }),
  };
}
