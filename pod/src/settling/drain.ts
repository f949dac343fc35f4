import type { OpenMaking } from '../guard/makings.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { drained, type Way } from './settled.ts';
import type { Settling } from './way.ts';

/**
 * Behind a guard nothing old is stored, so all that is waited for are the renders that began before. The framework hears of
 * an application when its handler returns, so whether the guard did is seen later: by its tick, and never assumed.
 * `settle` is called when a render has ended, or the cap is reached.
 */
export function byDraining(settle: (life: Life) => void): Settling {
  return {
    begin({ everything, targets, mark }, life) {
      const { state, clock, background } = life;
      const guarding = life.guarding();
      if (guarding === null || mark === null) return null;
      const { guard } = guarding;
      // One that has no handler here, as that of a test of the connection, is told to nobody.
      const hasTopics = everything
        ? state.topics.size > 0
        : targets.some((target) => 'topic' in target && state.topics.has(target.topic));
      // A guard knows of pages alone.
      const whole = guarding.whole && !hasTopics;
      const capMs = life.configuration().settleMs;
      const cappedAtMs = clock.awakeMs() + capMs;
      let tick: number | null = null;
      const isHeard = () => {
        // Whatever was invalidated with it has been heard by now, and no later tick would be wrong.
        if (tick === null && guard.tickOf(mark.tag) > mark.before) tick = guard.tick;
        return tick !== null;
      };
      const appliedAtMs = performance.now();
      /** In which way the renders ended; what is kept until content can be had again is then still to come. */
      let ended: Way | null = null;
      const later: Life = { ...life, background: null };
      const forget = guard.onEnd(() => settle(later));
      // Asked for at once, so that nobody waits for it longer than for the renders.
      if (guard.keeping.holdsBack(appliedAtMs)) void guard.keeping.origins.looked().then(() => settle(later));
      void clock.untilAwake(cappedAtMs).then(() => settle(later));
      if (background !== null) background(async () => settle(later));
      // The background of which this is part is heard of when it ends, and nothing says so.
      else void clock.untilAwake(clock.awakeMs() + limits.heardByMs).then(() => settle(later));
      return {
        way() {
          if (!isHeard() || tick === null) return null;
          ended ??= howEnded(guard.before(tick, capMs), capMs, clock.awakeMs() >= cappedAtMs);
          if (ended === null) return null;
          if (guard.keeping.makesSince(appliedAtMs)) return null;
          // No render ends that; probes look.
          if (guard.keeping.origins.downForMs() !== null) forget();
          return guard.keeping.holdsBack(appliedAtMs) ? null : ended;
        },
        counts: isHeard,
        suffices: () => whole && isHeard(),
        leave() {
          forget();
          if (ended !== null && tick !== null) guard.settle(tick);
        },
      };
    },
  };
}

function howEnded(open: readonly OpenMaking[], capMs: number, isCapped: boolean): Way | null {
  const hung = open.filter(({ forMs }) => forMs >= capMs);
  return open.length === hung.length || isCapped ? wayWith(open) : null;
}

function wayWith(open: readonly OpenMaking[]): Way {
  if (open.length === 0) return drained;
  const held = open.slice(0, limits.heldRendersNamed);
  return { how: 'capped', held, heldBeside: open.length - held.length };
}
