import { blindTag, kindAlone, knownTag, ofKey, tagOfKey } from '../keys/key.ts';
import { limits } from '../limits.ts';

/** Of an answer of which nobody knows by what it goes: every event names it, whatever it is about. It tells nothing, so it is not hashed. */
export const anyEvent = 'everypod';

/** By what an answer goes that is made of an entry with these tags, as far as events can name it. */
export function namesOfEntry(tags: Iterable<string>): Set<string> {
  const names = new Set(tags);
  const isLearned = names.delete(knownTag) || names.has(blindTag);
  return isLearned ? names : names.add(anyEvent);
}

/**
 * As many as CDNs take. Of too many keys the kind that has most stands for all of its own, as in WordPress's header; where the app
 * itself has too many tags, it is any event. Either is more than it was made from, and never less.
 */
export function bounded(names: ReadonlySet<string>): ReadonlySet<string> {
  const ofKind = new Map<string, number>();
  for (const name of names) ofKind.set(kindOf(name), (ofKind.get(kindOf(name)) ?? 0) + 1);
  const largest = [...ofKind].sort(([, some], [, others]) => others - some);
  let all = names;
  for (const [kind] of largest) {
    if (all.size <= limits.cdnTagsPerAnswer) return all;
    all = new Set([...all].map((name) => (kindOf(name) === kind ? kind : name)));
  }
  return all.size <= limits.cdnTagsPerAnswer ? all : new Set([anyEvent]);
}

function kindOf(name: string): string {
  return name.startsWith(ofKey) ? tagOfKey(kindAlone(name.slice(ofKey.length))) : name;
}
