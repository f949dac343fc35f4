import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Held, PodLine } from '../rest/shapes.ts';

/** "All but /x, whose render has hung for 10 s." Null where every page is as new as the others. */
export function heldWords(pods: readonly PodLine[]): string | null {
  const { renders, more } = heldBy(pods);
  if (renders.length === 0) return null;
  const named: string[] = renders.slice(0, limits.heldNamed).map(({ path, forMs }) =>
    sprintf(
      /* translators: 1: path of a page. 2: number of seconds. */
      __('%1$s, whose render has hung for %2$d s', 'everypod'),
      path,
      Math.round(forMs / 1_000),
    ),
  );
  const others = renders.length - named.length + more;
  if (others > 0) {
    /* translators: %d: number of further pages. */
    named.push(sprintf(_n('%d more', '%d more', others, 'everypod'), others));
  }
  /* translators: %s: pages, such as "/x, whose render has hung for 10 s; 2 more". */
  return sprintf(__('All but %s.', 'everypod'), named.join('; '));
}

/** Each path once, with its longest time; those that are only counted may be the same on each pod. */
function heldBy(pods: readonly PodLine[]): { renders: Held['renders']; more: number } {
  const longest = new Map<string, number>();
  let more = 0;
  for (const { held } of pods) {
    for (const { path, forMs } of held?.renders ?? []) {
      longest.set(path, Math.max(forMs, longest.get(path) ?? 0));
    }
    more = Math.max(more, held?.more ?? 0);
  }
  return { renders: [...longest].map(([path, forMs]) => ({ path, forMs })), more };
}
