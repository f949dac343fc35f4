import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** Nothing is invalidated at a moment when Next.js would not hear it. */
export function everyCallIsHeard({ of }: Evidence): Verdict {
  return {
    name: 'heard',
    assertion: 'Every invalidation is made where the framework hears it',
    judged: of('applied').length,
    faults: of('unheard').map(
      ({ instance, keys }) => `${instance} called for ${keys.join(', ')} outside of a request.`,
    ),
    figures: [`${of('applied').length} applications`],
  };
}
