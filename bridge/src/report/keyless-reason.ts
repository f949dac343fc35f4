import type { Keyless, Target } from '@everypod/contract';

const because: Record<Keyless, string> = {
  'none given':
    'Pages go by paths and tags alone here: no answer that this pod has read said what it was made of. Is the plugin older, or EVERYPOD_KEYS false?',
  'taken away':
    'Pages go with each change here: WordPress says what its answers were made of, and that does not arrive. Have what stands between pass the header X-Everypod-Keys.',
  'another host':
    'Pages go with each change here: they are made from another host than that of EVERYPOD_ORIGIN_URL, which alone is believed.',
  'not heard':
    'Pages go with each change here: nothing that this pod has read for them could be heard. Does it ask by another client than fetch or node:http?',
};

/** What a pod that has heard no keys goes by, in a report of what WordPress has said; undefined in any other. */
export function keylessReason(keyless: Keyless | undefined, targets: readonly Target[]): string | undefined {
  const isOfWordPress = targets.some((target) => 'tag' in target && /^wp[:@]/.test(target.tag));
  return keyless === undefined || !isOfWordPress ? undefined : because[keyless];
}
