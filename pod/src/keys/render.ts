import { loadFromNext } from '../guard/inner.ts';
import type { Value } from '../guard/next-cache.ts';
import { keyTagsOf } from './key.ts';
import { keepWith, keysKeptWith, Reads } from './reads.ts';

/** What Next.js keeps of what it renders while it does: `tags` are those that it will store it with. */
type WorkUnit = { tags?: string[] | null };
type Storage<Store> = { getStore(): Store | undefined };

/** Internal to Next.js, of the same path and form from 15.1 to 16.4. */
const folder = 'next/dist/server/app-render';

const readsOfWork = new WeakMap<object, Reads>();
const tagged = new WeakMap<string[], Set<string>>();

/**
 * What is read for the page whose render this is called in, where no request tells, as in `next build`; null outside of one, and
 * where this Next.js is of another form.
 */
export function readsOfRender(): Reads | null {
  const work = storageOf<object>('workAsyncStorage', 'work-async-storage.external')?.getStore();
  if (work === undefined) return null;
  const reads = readsOfWork.get(work) ?? new Reads();
  readsOfWork.set(work, reads);
  return reads;
}

/** The part of a page that is rendered or computed now: the page itself, or what `use cache` keeps. */
export function workUnitNow(): WorkUnit | null {
  return storageOf<WorkUnit>('workUnitAsyncStorage', 'work-unit-async-storage.external')?.getStore() ?? null;
}

/** Has what is made now go with what was read for it. Next.js looks through its own list for each tag, so this doesn't. */
export function tagWorkUnit(unit: WorkUnit | null, header: string | null): void {
  const tags = unit?.tags;
  if (header === null || !Array.isArray(tags)) return;
  const known = tagged.get(tags) ?? new Set(tags);
  tagged.set(tags, known);
  for (const tag of keyTagsOf(header)) {
    if (known.has(tag)) continue;
    known.add(tag);
    tags.push(tag);
  }
}

/** What was computed in a build: the part that reads it has no tags of its own there, so the page that it is for has them. */
export function keepInBuild(value: Value, reads: Reads): void {
  keepWith(value, reads);
  tagWorkUnit(workUnitNow(), reads.header());
}

/** An answer, or what was computed from some, that was found in a cache names its keys again. */
export function noteKept(value: Value | null, reads: Reads | null): void {
  const header = keysKeptWith(value);
  if (header === null) return;
  reads?.note(header);
  tagWorkUnit(workUnitNow(), header);
}

const storages = new Map<string, Storage<unknown> | null>();

function storageOf<Store>(name: string, file: string): Storage<Store> | null {
  const known = storages.get(name);
  if (known !== undefined) return known as Storage<Store> | null;
  const found = loadFromNext(`${folder}/${file}`) as Record<string, Storage<Store> | undefined> | undefined;
  const storage = typeof found?.[name]?.getStore === 'function' ? found[name] : null;
  storages.set(name, storage);
  return storage;
}
