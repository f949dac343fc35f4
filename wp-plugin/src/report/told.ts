import { __, _n, sprintf } from '@wordpress/i18n';
import type { Report } from '../rest/shapes.ts';
import { countsByState } from './counts-by-state.ts';
import type { Tally } from './tally.ts';
import type { Summary } from './tone.ts';

/** Of pods that only answered a call: nobody can know whether they make their pages anew. */
export function toldAlone({ final }: Report, { live, told }: Tally): Summary {
  if (!final) {
    const text = sprintf(
      /* translators: 1: number of pods that were told of the change. 2: number of pods. */
      _n('Told %1$d of %2$d pod so far.', 'Told %1$d of %2$d pods so far.', live.length, 'everypod'),
      told.length,
      live.length,
    );
    return { tone: 'pending', text };
  }
  const said = sprintf(
    /* translators: 1: number of pods that were told of the change. 2: number of pods. */
    __("Accepted; told %1$d of %2$d; whether their pages are new can't be known", 'everypod'),
    told.length,
    live.length,
  );
  const others = countsByState(live.filter((pod) => pod.state !== 'told'));
  return { tone: 'partly', text: `${[said, ...others].join('; ')}.` };
}

/** Beside pods that prove what they applied, those that were told are spoken of apart. */
export function andTold({ tone, text }: Summary, { told }: Tally): Summary {
  const said = sprintf(
    /* translators: %d: number of further pods. */
    _n(
      "%d more was told; whether its pages are new can't be known.",
      "%d more were told; whether their pages are new can't be known.",
      told.length,
      'everypod',
    ),
    told.length,
  );
  return { tone: tone === 'good' ? 'partly' : tone, text: `${text} ${said}` };
}
