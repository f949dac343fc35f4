import { tagsHeader, type Value } from '../guard/next-cache.ts';
import { type Blindness, blindnesses, type Givers, type Said } from './givers.ts';
import { blindTag, keysHeader, knownTag, tagOfKey } from './key.ts';
import type { Reads, Standing } from './reads.ts';

/** Beside the keys of what was computed: why they are not all of it. */
const blindHeader = 'x-everypod-blind';
/** In place of that: it was computed from what has nothing to do with WordPress. */
const ofOthers = 'no';

type Kept = { data?: { headers?: Record<string, unknown>; url?: unknown } };

/** What is said of what lies in the fetch cache: an answer with its headers, or what was computed from some. */
export function saidWith(value: Value | null, givers: Givers): Said[] {
  const { url, headers } = (value as Kept | null)?.data ?? {};
  if (typeof url !== 'string') return [];
  const header = headers?.[keysHeader];
  const all = typeof header === 'string' ? [header] : [];
  if (url !== '') return [givers.said(url, all)];
  const keys = all.map((one) => givers.saidAgain(one));
  const blind = headers?.[blindHeader];
  if (blind === ofOthers) return keys;
  if (typeof blind === 'string') return [...keys, { kind: 'blind', why: whyOf(blind) }];
  return keys.length > 0 ? keys : [{ kind: 'blind', why: 'older' }];
}

function whyOf(text: string): Blindness {
  return blindnesses.find((one) => one === text) ?? 'malformed';
}

/** By which tags it goes, besides by its own. */
export function keyTagsKeptWith(value: Value | null, givers: Givers): string[] {
  return saidWith(value, givers).flatMap((said) => {
    if (said.kind === 'blind') return [blindTag];
    return said.kind === 'keys' ? said.keys.map(tagOfKey) : [];
  });
}

/** What was computed from answers, as by `unstable_cache`, says what they said: who finds it there has read them. */
export function keepWith(value: Value, reads: Reads): void {
  const { data } = value as Kept;
  if (data === undefined || typeof data !== 'object') return;
  const header = reads.header();
  const standing = reads.standing();
  const blind = reads.isOfOthers() ? ofOthers : standing === 'known' ? null : standing;
  data.headers = {
    ...data.headers,
    ...(header !== null && { [keysHeader]: header }),
    ...(blind !== null && { [blindHeader]: blind }),
  };
}

/**
 * Has a page go with what it was made from, besides by its own tags. Next.js tells those to no visitor. What `use cache` had kept
 * of it has told Next.js its part.
 */
export function tagWith(value: Value, reads: Reads): Standing | null {
  const own = value.headers?.[tagsHeader];
  if (typeof own !== 'string') return null;
  const said = new Set(own.split(','));
  const heard = reads.standing();
  const standing = heard === 'nothing heard' && said.has(knownTag) ? 'known' : heard;
  const [, ...keys] = reads.tags();
  const isKnown = standing === 'known' && !said.has(blindTag);
  said.delete(knownTag);
  said.delete(blindTag);
  const all = new Set([isKnown ? knownTag : blindTag, ...said, ...keys]);
  value.headers = { ...value.headers, [tagsHeader]: [...all].join(',') };
  return isKnown ? 'known' : standing === 'known' ? 'missing' : standing;
}
