import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Keyless, PodsAnswer } from '../rest/shapes.ts';

type Trouble = { message: string; advice: string };

const whys: readonly Keyless[] = ['none given', 'taken away', 'another host', 'not heard'];

function adviceOf(why: Keyless): string {
  switch (why) {
    case 'none given':
      return __(
        'Their pages go by paths and tags alone. EVERYPOD_KEYS may be false here, or they read from another site, or from a cache of earlier answers.',
        'everypod',
      );
    case 'taken away':
      return __(
        'Their pages go with each change, which is more than needed. Have proxies and page caches pass the header X-Everypod-Keys.',
        'everypod',
      );
    case 'another host':
      return __(
        'Their pages go with each change, which is more than needed. Set EVERYPOD_ORIGIN_URL to the host that the app asks.',
        'everypod',
      );
    default:
      return __(
        'Their pages go with each change, which is more than needed. The app may ask this site by a client that can’t be heard: fetch and node:http can.',
        'everypod',
      );
  }
}

/** Pods that have made pages and never heard what these were made from; each reason with what to do. */
export function keylessPods({ pods }: PodsAnswer): Trouble[] {
  const live = (pods?.pods ?? []).filter((pod) => pod.live);
  return whys.flatMap((why) => {
    const keyless = live.filter((pod) => pod.keyless === why);
    if (keyless.length === 0) return [];
    const named = keyless.slice(0, limits.silentPodsNamed).map(({ name }) => name);
    const names = keyless.length > named.length ? `${named.join(', ')}, …` : named.join(', ');
    const message = sprintf(
      /* translators: 1: number of pods. 2: their names. */
      _n(
        '%1$d pod hears from no answer what it was made of: %2$s.',
        '%1$d pods hear from no answer what it was made of: %2$s.',
        keyless.length,
        'everypod',
      ),
      keyless.length,
      names,
    );
    return [{ message, advice: adviceOf(why) }];
  });
}
