import type { Evidence } from './evidence.ts';
import type { Life } from './lives.ts';
import { joinSpans, type Span } from './spans.ts';

/** When a fault was on a pod itself, on its host, or on the way to it. */
export function disturbancesOf({ of }: Evidence): (life: Life) => Span[] {
  const spans = new Map<string, Span[]>();
  const begun = new Map<string, number>();
  for (const { name, phase, on, from, at } of of('fault')) {
    const key = `${name} ${on}`;
    if (phase === 'begins') begun.set(key, from);
    else spans.set(on, [...(spans.get(on) ?? []), { from: begun.get(key) ?? from, to: at }]);
  }
  return (life) => joinSpans([...(spans.get(life.pod) ?? []), ...(spans.get(life.host) ?? [])]);
}
