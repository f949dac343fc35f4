import { limits } from '../limits.ts';
import { disturbancesOf } from './disturbances.ts';
import type { Evidence } from './evidence.ts';
import type { Life } from './lives.ts';
import { overlaps } from './spans.ts';
import type { Verdict } from './verdict.ts';

/** Whatever the bridge does, the readiness route answers in time: a bridge outage must never take a site down. */
export function probesAreAnsweredInTime(evidence: Evidence): Verdict {
  const { of, lives } = evidence;
  const lifeOf = new Map(lives.map((life) => [life.instance, life]));
  const livesAt = Map.groupBy(lives, ({ ip }) => ip);
  const diedAt = new Map(of('died').map(({ instance, at }) => [instance, at]));
  const disturbed = disturbancesOf(evidence);
  const faults: string[] = [];
  const times: number[] = [];
  let held = 0;

  /** Whose life a probe met that nobody answered; null where none lasted from its start to its end. */
  function livedThrough(ip: string, from: number, to: number): Life | null {
    const its = livesAt.get(ip)?.findLast(({ bornAt }) => bornAt <= from) ?? null;
    return its && (diedAt.get(its.instance) ?? Number.POSITIVE_INFINITY) > to ? its : null;
  }

  for (const { status, instance, from, at, ip } of of('probe')) {
    const life = status === 0 ? livedThrough(ip, from, at) : lifeOf.get(instance);
    if (!life) continue;
    const probed = [{ from, to: at }];
    // What was held up on its way, or met a process that was being killed or frozen, says nothing of the route.
    if (overlaps(probed, disturbed(life)).length > 0) {
      held += 1;
      continue;
    }
    const notRunning = overlaps(probed, life.notRunning);
    const ms = at - from - notRunning.reduce((sum, span) => sum + span.to - span.from, 0);
    times.push(ms);
    if (ms > limits.probeAnswerMs + limits.measuringMs) {
      faults.push(
        `The pod at ${ip} ${status === 0 ? 'did not answer a probe in' : 'answered a probe after'} ${Math.round(ms)} ms.`,
      );
    }
  }
  times.sort((one, other) => one - other);
  const quantile = (part: number) => `${(times[Math.floor(times.length * part)] ?? 0).toFixed(0)} ms`;
  return {
    name: 'probes',
    assertion: 'Every probe is answered in time, whatever the bridge does',
    judged: times.length,
    faults,
    figures: [
      `half within ${quantile(0.5)}`,
      `99 of 100 within ${quantile(0.99)}`,
      `${held} not: a fault on that pod or its way held them up`,
    ],
  };
}
