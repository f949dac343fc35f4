import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { PodsAnswer } from '../rest/shapes.ts';

/** Pods that take traffic though their readiness probe never asked the bridge: something answers it in their place. */
export function silentPods({ pods }: PodsAnswer): { message: string; advice: string } | null {
  const silent = pods?.neverAsked ?? [];
  if (silent.length === 0) return null;
  const named = silent.slice(0, limits.silentPodsNamed).map(({ name }) => name);
  const names = silent.length > named.length ? `${named.join(', ')}, …` : named.join(', ');
  return {
    message: sprintf(
      /* translators: 1: number of pods. 2: their names. */
      _n(
        '%1$d pod takes traffic and has never asked the bridge what it has missed: %2$s.',
        '%1$d pods take traffic and have never asked the bridge what they have missed: %2$s.',
        silent.length,
        'everypod',
      ),
      silent.length,
      names,
    ),
    advice: __(
      'Check that the readiness probe reaches /siteapi/ready and that EVERYPOD_BRIDGE_URL is set there: a redirect or a middleware of the app may answer in its place.',
      'everypod',
    ),
  };
}
