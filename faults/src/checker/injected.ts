import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** What the run consisted of. A fault that could not be undone makes the rest of the run doubtful. */
/** @param wanted the kinds of which each has to have happened once; a short run has no time for all */
export function faultsWereInjected({ of, events }: Evidence, wanted: readonly string[]): Verdict {
  const begun = of('fault').filter(({ phase }) => phase === 'begins');
  const ended = of('fault').length - begun.length;
  const missed = of('not injected');
  const broken = missed.filter((one) => one.broken);
  const happened = new Set(begun.map(({ name }) => name));
  const accepted = events.filter(({ acceptedAt }) => acceptedAt !== null).length;
  return {
    name: 'injected',
    assertion: 'Faults were injected, and each of them ended',
    judged: begun.length,
    faults: [
      ...broken.map(({ name, reason }) => `${name}: ${reason}`),
      ...wanted.filter((name) => !happened.has(name)).map((name) => `${name}: it never happened.`),
      ...(ended < begun.length ? [`${begun.length - ended} faults never ended.`] : []),
    ],
    figures: [
      `${begun.length} faults of ${happened.size} kinds`,
      `${missed.length - broken.length} found nobody to happen to`,
      `${accepted} of ${events.length} events accepted`,
    ],
  };
}
