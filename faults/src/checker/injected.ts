import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** What the run consisted of. A fault that could not be undone makes the rest of the run doubtful. */
export function faultsWereInjected({ of, events }: Evidence): Verdict {
  const begun = of('fault').filter(({ phase }) => phase === 'begins');
  const ended = of('fault').length - begun.length;
  const missed = of('not injected');
  const stuck = missed.filter(({ reason }) => reason.startsWith('It could not be undone'));
  const accepted = events.filter(({ acceptedAt }) => acceptedAt !== null).length;
  return {
    name: 'injected',
    assertion: 'Faults were injected, and each of them ended',
    judged: begun.length,
    faults: [
      ...stuck.map(({ name, reason }) => `${name}: ${reason}`),
      ...(ended < begun.length ? [`${begun.length - ended} faults never ended.`] : []),
    ],
    figures: [
      `${begun.length} faults of ${new Set(begun.map(({ name }) => name)).size} kinds`,
      `${missed.length - stuck.length} found nobody to happen to`,
      `${accepted} of ${events.length} events accepted`,
    ],
  };
}
