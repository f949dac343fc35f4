import { namesOfEntry } from '../cdn/names.ts';
import { hearKeysOfBuild } from '../keys/hear.ts';
import { keepWith, tagWith } from '../keys/kept.ts';
import { isOfGiver, withKeyTags } from '../keys/key.ts';
import { giversOfBuild, keepInBuild, noteKept, readsOfRender } from '../keys/render.ts';
import { closedGuardOf, closedPagesOf, noPage } from './closed-pages.ts';
import { given, isOver, keptAs, tickOfOwn } from './entry-age.ts';
import { isFormer, tagsOf, tagsOfUnknown } from './entry-tags.ts';
import { expired, runningVersion } from './expired-page.ts';
import type { WithFormer } from './former.ts';
import { type GuardOfProcess, guardOfProcess } from './guard.ts';
import type { Making } from './makings.ts';
import {
  type Durations,
  type Entry,
  type GetContext,
  type Handler,
  type HandlerClass,
  type HandlerContext,
  isPage,
  type SetContext,
  type Value,
} from './next-cache.ts';
import { tagsOfPublicPath } from './public-path.ts';
import type { SharedStore } from './shared-store.ts';
import { stamped, withTimes } from './stamp.ts';
import { isTooLarge } from './too-large.ts';
import type { End } from './turns.ts';
import { isTooOld, noteVisited, type Visit } from './visits.ts';

/** What the pod names beside an application, to find it in the ledger; no store need know of it. */
export const ofEverypod = 'everypod:';

export type GuardOptions = {
  /** Whether other pods store there too, so that an entry which this one has not made may be newer than all it knows. */
  shared?: boolean;
};

/**
 * Guards a cache handler: what began to be made before an invalidation is neither stored nor served after it. Next.js
 * makes one handler for each request, and on it `get` and `set` of a render meet.
 */
export function guard(Inner: HandlerClass, options: GuardOptions = {}): HandlerClass {
  return guardBy(guardOfProcess, Inner, options);
}

/** The same with a guard that is not the process's, as where several pods are in one. */
export function guardBy(
  ofPod: () => GuardOfProcess,
  Inner: HandlerClass,
  { shared = false }: GuardOptions = {},
): HandlerClass {
  return class Guarded implements Handler {
    readonly #inner: Handler & Partial<Pick<WithFormer, 'former' | 'isInMemory'>>;
    readonly #guard: GuardOfProcess | null;
    readonly #context: HandlerContext;
    readonly #bornAt: number;
    readonly #begun = new Map<string, number>();
    /** As what an entry was asked for: from 16.0 to 16.2 Next.js does not say it again when it stores a page. */
    readonly #kinds = new Map<string, string>();
    readonly #makings = new Map<string, Making>();
    /** The tags of the page for which a fetch is asked: nobody says them again when its answer is stored. */
    readonly #softTags = new Map<string, readonly string[]>();
    readonly #store: SharedStore | null;
    readonly #visit: Visit | null;
    /** Whether an answer that was invalidated has gone into what is made here. */
    #isOfFormer = false;

    constructor(context: HandlerContext) {
      this.#inner = new Inner(context);
      this.#context = context;
      // A build invalidates nothing, and `next dev` keeps no pages.
      this.#guard = context.dev || isBuild() || isEdge() ? null : ofPod();
      if (isBuild()) hearKeysOfBuild();
      this.#bornAt = this.#guard?.ledger.tick ?? 0;
      this.#store = shared ? (this.#guard?.share() ?? null) : null;
      this.#store?.use(this.#inner);
      this.#guard?.cdn.readBuild(context.serverDistDir);
      this.#visit = this.#guard?.askedNow()?.asked.visit ?? null;
    }

    async get(key: string, context: GetContext): Promise<Entry | null> {
      const guarding = this.#guard;
      if (guarding === null || context.kind === 'IMAGE') {
        const entry = await this.#inner.get(key, context);
        if (context.kind === 'FETCH') noteKept(entry?.value ?? null, readsOfRender(), giversOfBuild());
        return entry;
      }
      const { ledger } = guarding;
      // Whatever is read after this moment is at least as new as this tick.
      if (!this.#begun.has(key)) this.#begun.set(key, ledger.tick);
      const begun = this.#begun.get(key) ?? ledger.tick;
      if (context.kind !== undefined) this.#kinds.set(key, context.kind);
      if (shared && context.softTags !== undefined) this.#softTags.set(key, context.softTags);
      const making = this.#begin(guarding, key, begun, context);
      if (this.#store !== null) await this.#store.ready();
      const readAt = ledger.tick;
      const found = await this.#read(guarding, key, () => this.#inner.get(key, context));
      const entry = found !== null && shared ? withTimes(found) : found;
      const ofOthers = await this.#ofAnotherApi(guarding, key, context);
      if (ofOthers !== null) return ofOthers;
      const isGood = entry !== null && this.#isServable(guarding, key, entry, { context, readAt });
      const former = isGood ? null : await this.#former(guarding, key, entry, context);
      const served = isGood
        ? entry
        : former !== null
          ? goodForNow(former)
          : (expired(entry, context) ?? (await this.#ofClosed(guarding, key, { begun, entry, context })));
      if (making !== null) this.#goOn(guarding, making, served);
      if (isPage(context.kind) && served !== null) {
        this.#noteServed(guarding, key, former ?? served);
        this.#noteNames(guarding, served, () => this.#tagsNow(guarding, key, former ?? served, context));
      }
      if (context.kind === 'FETCH')
        noteKept(served?.value ?? null, guarding.askedNow()?.asked.reads ?? null, guarding.givers);
      return served;
    }

    async set(key: string, value: Value | null, context: SetContext): Promise<void> {
      const guarding = this.#guard;
      if (context.kind === 'IMAGE' || value?.kind === 'IMAGE') return this.#inner.set(key, value, context);
      if (isTooLarge(value, context, this.#context)) return;
      if (guarding === null) {
        const reads = readsOfRender();
        if (value !== null && reads !== null && isComputed(context)) keepInBuild(value, reads);
        return this.#inner.set(key, value, context);
      }
      const making = this.#makings.get(key);
      let end: End | null | undefined;
      try {
        if (value === noPage) return;
        const { ledger } = guarding;
        // A page that was never asked for is none that was rendered, but put there by whoever fills a store at the start.
        if (shared && !context.fetchCache && !this.#begun.has(key)) return;
        const tick = (value && given.get(value)) ?? this.#begun.get(key) ?? this.#bornAt;
        if (value !== null && !given.has(value)) this.#keepReads(guarding, value, context);
        const keyTags = this.#keyTagsApart(guarding, value);
        const tags = [
          ...tagsOf(key, value, this.#withKind(key, context), this.#context, guarding.givers),
          ...(this.#softTags.get(key) ?? []),
          ...keyTags,
        ];
        if (!context.fetchCache) this.#noteNames(guarding, null, () => tags);
        end = shared ? undefined : await guarding.turns.take(key, 'store');
        const newer = (ledger.kept(key)?.tick ?? 0) > tick;
        const isOld = newer || ledger.isLate(tags, tick) || (this.#isOfFormer && !isAnswer(context));
        const stored = !isOld && end !== null;
        guarding.remakes.tell(key, { value, tick, stored });
        if (!stored) return;
        guarding.keeping.release(key);
        const apart = keyTags.length > 0 ? { keyTags } : {};
        ledger.keep(key, { tick, revalidate: revalidateOf(context), atMs: Date.now(), ...apart });
        if (making !== undefined) this.#noteServed(guarding, key, { value, lastModified: Date.now() }, tick);
        if (this.#store === null) return await this.#inner.set(key, value, context);
        const { cacheControl } = context;
        // So that a store can forget it by each of them: handlers look for tags in the headers of pages alone, and keep what
        // route handlers answer without any; and of a path they forget only the first fetch that they meet again.
        const isPage = value?.kind !== 'APP_ROUTE' && !context.fetchCache;
        const named = isPage ? context : { ...context, tags: [...new Set(tags)] };
        await this.#inner.set(key, stamped(value, { life: guarding.life, tick, cacheControl }), named);
        this.#store.written.note(tags);
        // On its way it may have met an invalidation that had already been there.
        const late = tags.filter((tag) => ledger.isLate([tag], tick));
        if (late.length > 0) await this.#inner.revalidateTag(late);
      } finally {
        end?.();
        this.#makings.delete(key);
        if (making !== undefined) guarding.makings.end(making);
      }
    }

    async revalidateTag(tags: string | string[], durations?: Durations): Promise<void> {
      const all = typeof tags === 'string' ? [tags] : tags;
      const soft = durations !== undefined && durations.expire !== 0;
      if (all.some(isOfGiver)) this.#guard?.learned.heardGiver();
      // What the pod applies is announced before, in the same request.
      const byPod = (this.#guard?.askedNow()?.asked.announcing.batch?.length ?? 0) > 0;
      const invalidate = (some: string[], how = {}) =>
        this.#guard?.makings.invalidated(this.#guard.ledger.invalidate(withKeyTags(some), { ...how, byPod }));
      // Before it is handed on: what takes its time in a store is old from now on all the same.
      const known = all.filter((tag) => !tag.startsWith(ofEverypod));
      if (this.#guard === null || this.#store === null) {
        invalidate(all, { soft });
        if (known.length > 0) await this.#inner.revalidateTag(known, durations);
        return;
      }
      const { askedNow } = this.#guard;
      if (known.length > 0) invalidate(known, { soft });
      const announcing = askedNow()?.asked.announcing ?? null;
      const taken = await this.#store.handOn(this.#inner, withKeyTags(known), durations, announcing);
      // Other pods read from the same store, so the pod has been heard only once that has been told.
      if (taken && known.length < all.length) {
        invalidate(all.filter((tag) => tag.startsWith(ofEverypod)));
      }
    }

    resetRequestCache(): void {
      this.#inner.resetRequestCache?.();
    }

    /** `tick`: of one that was made now; left out, that of the entry that was found. */
    #noteServed({ pages, askedNow, ledger }: GuardOfProcess, key: string, entry: Entry, tick?: number): void {
      const { value, lastModified } = entry;
      const asked = askedNow()?.asked;
      if (value === null || asked === undefined) return;
      if (this.#visit === null) pages.note(asked.path, key, entry, ledger.kept(key)?.keyTags);
      const storedAtMs = tick === undefined ? null : (lastModified ?? null);
      noteVisited(this.#visit, { key, tick: tick ?? given.get(value), storedAtMs });
    }

    /** What lies in memory is whole, and in a store that pods share each entry says itself what it is. */
    async #read(
      { turns }: GuardOfProcess,
      key: string,
      read: () => Promise<Entry | null | undefined>,
    ): Promise<Entry | null> {
      if (shared || this.#inner.isInMemory?.(key)) return (await read()) ?? null;
      const end = await turns.take(key, 'read');
      try {
        return end === null ? null : ((await read()) ?? null);
      } finally {
        end?.();
      }
    }

    #withKind(key: string, context: SetContext): SetContext {
      const kind = context.kind ?? this.#kinds.get(key);
      return kind === undefined ? context : { ...context, kind };
    }

    /** By what it goes that is answered, in a CDN too. `served`: what was found; null of what was made now. */
    #noteNames({ askedNow, cdn }: GuardOfProcess, served: Entry | null, tags: () => Iterable<string>): void {
      const asked = askedNow()?.asked;
      // What is given as so old is made anew before the answer.
      if (cdn.header === null || asked === undefined || served?.lastModified === -1) return;
      const ofPath = tagsOfPublicPath(asked, this.#context.serverDistDir);
      for (const name of namesOfEntry([...tags(), ...ofPath])) asked.goesWith.add(name);
    }

    #isServable(
      guarding: GuardOfProcess,
      key: string,
      entry: Entry,
      { context, readAt }: { context: GetContext; readAt: number },
    ): boolean {
      const { ledger } = guarding;
      if (isFormer(entry)) return false;
      const tags = () => this.#tagsNow(guarding, key, entry, context);
      const tick = shared ? tickOfOwn(guarding, key, entry) : (keptAs(guarding, key, entry) ?? 0);
      // Another pod made it, or this one in an earlier life, and the store knows what became of it.
      if (tick === null) {
        const all = [...tags()];
        // Nobody knows what has changed since that was stored, so that once it is made anew.
        if (context.kind !== 'PAGES' && ledger.isGone(tagsOfUnknown(entry, context, []), 0)) return false;
        // What is told to the store while it is read may be told too late.
        return !ledger.isGone(all, readAt) && !this.#store?.lacks(all);
      }
      if (entry.value !== null && context.kind !== 'FETCH') given.set(entry.value, tick);
      // Nothing was invalidated since, which is so nearly always.
      if (tick >= ledger.tick) return true;
      return !isTooOld(this.#visit, tick, context) && !ledger.isGone(tags(), tick);
    }

    /** An entry's own tags, and the one of the path for which it is asked now. */
    *#tagsNow({ askedNow, ledger, givers }: GuardOfProcess, key: string, entry: Entry, context: GetContext) {
      yield* tagsOf(key, entry.value, context, this.#context, givers);
      yield* tagsOfPublicPath(askedNow()?.asked, this.#context.serverDistDir);
      yield* tagsOfUnknown(entry, context, ledger.kept(key)?.keyTags);
    }

    /** What was read for this request goes with what was made of it. */
    #keepReads({ askedNow, learned }: GuardOfProcess, value: Value, context: SetContext): void {
      const reads = askedNow()?.asked.reads;
      if (context.fetchCache) {
        if (reads !== undefined && isComputed(context)) keepWith(value, reads);
        return;
      }
      const ofApp = reads === undefined ? null : tagWith(value, reads);
      const standing = value.kind === 'PAGES' ? (reads?.standing() ?? null) : ofApp;
      if (isPage(value.kind)) learned.made(standing);
    }

    /** Of the Pages Router, whose entries have no tags, and whose headers are for visitors. */
    #keyTagsApart({ askedNow }: GuardOfProcess, value: Value | null): readonly string[] {
      return value?.kind === 'PAGES' ? (askedNow()?.asked.reads.tags() ?? []) : [];
    }

    /**
     * For a visit, what another API has answered: that is as good as before, though the page was invalidated that it was kept for.
     * Null of WordPress's own answers, and of what was invalidated by a tag of its own or by the app.
     */
    async #ofAnotherApi(guarding: GuardOfProcess, key: string, context: GetContext): Promise<Entry | null> {
      const { ledger, keeping } = guarding;
      const { kind, fetchUrl, tags = [], softTags = [], revalidate } = context;
      if (this.#visit === null || kind !== 'FETCH' || typeof fetchUrl !== 'string') return null;
      if (!keeping.origins.areOthers(fetchUrl)) return null;
      const former = await this.#read(guarding, key, async () => this.#inner.former?.(key, context));
      const isDue = typeof revalidate === 'number' && isOver(former?.lastModified, revalidate);
      if (former === null || isDue) return null;
      const tick = keptAs(guarding, key, former) ?? 0;
      if (ledger.isGone(tags, tick) || ledger.isGoneByOthers(softTags, tick)) return null;
      // 16 compares the tags once more with this.
      return { ...former, lastModified: Date.now() };
    }

    /** What was there before it was invalidated, where it is kept; null where it is not. */
    async #former(
      guarding: GuardOfProcess,
      key: string,
      found: Entry | null,
      context: GetContext,
    ): Promise<Entry | null> {
      const { ledger, makings, keeping, askedNow } = guarding;
      // A visit is there to see what can be made now. A store that pods share forgets at once.
      if (ledger.tick === 0 || this.#visit !== null || shared || context.isFallback) return null;
      if (!keeping.mayGive(key)) return null;
      const asFound = found !== null && !isFormer(found) ? found : null;
      const former =
        asFound ?? (await this.#read(guarding, key, async () => this.#inner.former?.(key, context)));
      if (former === null || former.value === null) return null;
      const tick = keptAs(guarding, key, former) ?? 0;
      const tags = [...this.#tagsNow(guarding, key, former, context)];
      const isForGood = () => ledger.isGoneForGood(tags, tick);
      const gives = async () => keeping.isKept(key) || keeping.gives(context, makings.invalidatedAtMs());
      if (isForGood() || !(await gives()) || isForGood()) return null;
      if (context.kind === 'FETCH') this.#isOfFormer = true;
      else given.set(former.value, tick);
      const asked = askedNow()?.asked;
      if (asked !== undefined) asked.isOld = true;
      return former;
    }

    /** What stands for an expired entry: of a closed page, for which Next.js may answer 404, more than none. */
    async #ofClosed(
      { remakes }: GuardOfProcess,
      key: string,
      { begun, entry, context: { kind } }: { begun: number; entry: Entry | null; context: GetContext },
    ): Promise<Entry | null> {
      const how =
        kind === 'APP_PAGE' || kind === 'APP_ROUTE' ? closedGuardOf(runningVersion()) : 'none there';
      const closed = how === 'none there' ? null : closedPagesOf(this.#context.serverDistDir);
      if (!closed?.has(key)) return null;
      if (how === 'left alone') return entry;
      // The answer of a route handler is made again where there is none.
      if (kind === 'APP_ROUTE') return null;
      if (how === 'made before the answer' || closed.isAskedAnew(this.#context._requestHeaders))
        return { value: noPage, lastModified: -1 };
      const { value, tick } = await remakes.since(begun, key, () => closed.askAnew(key));
      if (value !== null) given.set(value, tick);
      return { value, lastModified: Date.now() };
    }

    /** Only what a visitor is answered with is waited for: all else is asked for anew by each render. */
    #begin({ makings, askedNow }: GuardOfProcess, key: string, tick: number, { kind }: GetContext) {
      if (!isPage(kind) || this.#makings.has(key)) return null;
      const making = makings.begin(key, tick, askedNow()?.asked ?? null);
      this.#makings.set(key, making);
      return making;
    }

    /** A page that is still good is not made; one whose time is up is made behind the response that has it. */
    #goOn({ makings, askedNow, ledger }: GuardOfProcess, making: Making, served: Entry | null): void {
      if (served === null || served.lastModified === -1) return;
      const { key } = making;
      const revalidate = served.cacheControl?.revalidate ?? ledger.kept(key)?.revalidate ?? 1;
      const old = revalidate !== false && isOver(served.lastModified, revalidate);
      making.goesOn = old && askedNow()?.prefetch !== true;
      if (old) return;
      this.#makings.delete(key);
      makings.end(making);
    }
  };
}

/** Nobody makes it anew for a second, and then it is looked again whether it can be. */
function goodForNow(former: Entry): Entry {
  return { ...former, lastModified: Date.now(), cacheControl: { revalidate: 1 } };
}

/** By `unstable_cache`, from whatever was read. */
function isComputed(context: SetContext): boolean {
  return context.fetchCache === true && !isAnswer(context);
}

/** Of one fetch: nothing else goes into it, as it does into pages and into what `unstable_cache` keeps. */
function isAnswer({ fetchCache, fetchUrl = '' }: SetContext): boolean {
  return fetchCache === true && URL.canParse(fetchUrl);
}

function revalidateOf({ cacheControl, revalidate }: SetContext): number | false | null {
  return cacheControl?.revalidate ?? revalidate ?? null;
}

function isBuild(): boolean {
  return process.env.NEXT_PHASE === 'phase-production-build';
}

function isEdge(): boolean {
  return process.env.NEXT_RUNTIME === 'edge';
}
