import type { Pod } from '../system/addresses.ts';
import { type Place, read } from './readers.ts';

/** Every page that a reader finds by its links, on every pod: each is read once, so that each pod has it. */
export async function findPlaces(pods: readonly Pod[]): Promise<Place[]> {
  const [first] = pods;
  if (first === undefined) return [];
  const paths = new Set(['/']);
  for (const path of paths) {
    const { html } = await read({ pod: first, path });
    for (const [, link] of html.matchAll(/<a\s[^>]*href="(\/[^"#?]*)"/g)) if (link) paths.add(link);
  }
  const all = [...paths].flatMap((path) => pods.map((pod) => ({ pod, path })));
  const places: Place[] = [];
  for (const place of all) if ((await read(place)).status === 200) places.push(place);
  return places;
}
