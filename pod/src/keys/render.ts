import { loadFromNext } from '../guard/inner.ts';
import type { Value } from '../guard/next-cache.ts';
import { Givers, type Said } from './givers.ts';
import { keepWith, saidWith } from './kept.ts';
import { blindTag, knownTag, tagOfKey } from './key.ts';
import { Reads } from './reads.ts';

/** What Next.js keeps of what it renders while it does: `tags` are those that it will store it with. */
type WorkUnit = { tags?: string[] | null };
type Storage<Store> = { getStore(): Store | undefined };

/** Internal to Next.js, of the same path and form from 15.1 to 16.4. */
const folder = 'next/dist/server/app-render';

/** What is known while `next build` runs, in a process that may evaluate a cache handler's file as often as it likes. */
type OfBuild = { givers: Givers; readsOfWork: WeakMap<object, Reads> };
const name = Symbol.for('everypod.build');
type Global = { [name]?: OfBuild };

function ofBuild(): OfBuild {
  const here = globalThis as Global;
  const known = here[name] ?? { givers: new Givers(), readsOfWork: new WeakMap() };
  if (here[name] === undefined) known.givers.believeOnly(process.env.EVERYPOD_ORIGIN_URL || null);
  here[name] = known;
  return known;
}

/** Those of this process, which builds and serves nothing. */
export function giversOfBuild(): Givers {
  return ofBuild().givers;
}

/**
 * What is read for the page whose render this is called in, where no request tells, as in `next build`; null outside of one, and
 * where this Next.js is of another form.
 */
export function readsOfRender(): Reads | null {
  const work = storageOf<object>('workAsyncStorage', 'work-async-storage.external')?.getStore();
  if (work === undefined) return null;
  const { givers, readsOfWork } = ofBuild();
  const reads = readsOfWork.get(work) ?? new Reads(givers);
  readsOfWork.set(work, reads);
  return reads;
}

/** The part of a page that is rendered or computed now: the page itself, or what `use cache` keeps. */
export function workUnitNow(): WorkUnit | null {
  return storageOf<WorkUnit>('workUnitAsyncStorage', 'work-unit-async-storage.external')?.getStore() ?? null;
}

/** Of a part: its tags, which Next.js would look through for each one, and the hosts that said nothing. */
type Tagged = { tags: Set<string>; silent: Set<string> };
const tagged = new WeakMap<string[], Tagged>();

/** Has what is made now go with what was read for it, as far as Next.js keeps tags of it. */
export function tagWorkUnit(unit: WorkUnit | null, said: Said, givers: Givers): void {
  // Null until it has the first.
  if (unit?.tags === null) unit.tags = [];
  const tags = unit?.tags;
  if (!Array.isArray(tags)) return;
  const known = tagged.get(tags) ?? { tags: new Set(tags), silent: new Set() };
  tagged.set(tags, known);
  if (said.kind === 'silent') known.silent.add(said.host);
  const isBlind = said.kind === 'blind' || [...known.silent].some((host) => givers.has(host));
  const keys = said.kind === 'keys' ? [knownTag, ...said.keys.map(tagOfKey)] : [];
  for (const tag of isBlind ? [blindTag, ...keys] : keys) {
    if (known.tags.has(tag)) continue;
    known.tags.add(tag);
    tags.push(tag);
  }
}

/** What was computed in a build: the part that reads it has no tags of its own there, so the page that it is for has them. */
export function keepInBuild(value: Value, reads: Reads): void {
  keepWith(value, reads);
  for (const said of saidWith(value, giversOfBuild())) tagWorkUnit(workUnitNow(), said, giversOfBuild());
}

/** An answer, or what was computed from some, that was found in a cache says once more what it said. */
export function noteKept(value: Value | null, reads: Reads | null, givers: Givers): void {
  for (const said of saidWith(value, givers)) {
    reads?.note(said);
    tagWorkUnit(workUnitNow(), said, givers);
  }
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
