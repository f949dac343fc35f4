import { limits } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import { overlaps, type Span } from './spans.ts';
import type { Verdict } from './verdict.ts';

/** Whatever the bridge does, the readiness route answers in time: a bridge outage must never take a site down. */
export function probesAreAnsweredInTime(evidence: Evidence): Verdict {
  const { of, lives } = evidence;
  const lifeOf = new Map(lives.map((life) => [life.instance, life]));
  const onTheWire = wireFaults(evidence);
  const faults: string[] = [];
  const times: number[] = [];
  for (const { status, instance, from, at, ip } of of('probe')) {
    const life = lifeOf.get(instance);
    if (status === 0 || life === undefined) continue;
    const probed = [{ from, to: at }];
    // What was held up on its way says nothing of the route.
    if (overlaps(probed, onTheWire.get(life.pod) ?? []).length > 0) continue;
    const notRunning = overlaps(probed, life.notRunning);
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

function wireFaults({ of }: Evidence): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  const begun = new Map<string, number>();
  for (const { name, phase, on, at } of of('fault').filter((fault) => fault.name.startsWith('wire:'))) {
    if (phase === 'begins') begun.set(`${name} ${on}`, at);
    else spans.set(on, [...(spans.get(on) ?? []), { from: begun.get(`${name} ${on}`) ?? at, to: at }]);
  }
  return spans;
}
