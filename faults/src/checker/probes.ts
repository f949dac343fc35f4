import { limits } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import { livesOf } from './lives.ts';
import { overlaps } from './spans.ts';
import type { Verdict } from './verdict.ts';

/** Whatever the bridge does, the readiness route answers in time: a bridge outage must never take a site down. */
export function probesAreAnsweredInTime({ of, records }: Evidence): Verdict {
  const paused = new Map(livesOf(records).map(({ instance, notRunning }) => [instance, notRunning]));
  const faults: string[] = [];
  const times: number[] = [];
  for (const { status, instance, from, at, ip } of of('probe')) {
    if (status === 0 || instance === '') continue;
    const notRunning = overlaps([{ from, to: at }], paused.get(instance) ?? []);
    const ms = at - from - notRunning.reduce((sum, span) => sum + span.to - span.from, 0);
    times.push(ms);
    if (ms > limits.probeAnswerMs + limits.measuringMs) {
      faults.push(`The pod at ${ip} took ${Math.round(ms)} ms to answer a probe.`);
    }
  }
  times.sort((one, other) => one - other);
  const quantile = (part: number) => `${(times[Math.floor(times.length * part)] ?? 0).toFixed(0)} ms`;
  return {
    name: 'probes',
    assertion: 'Every probe is answered in time, whatever the bridge does',
    judged: times.length,
    faults,
    figures: [`half within ${quantile(0.5)}`, `99 of 100 within ${quantile(0.99)}`],
  };
}
