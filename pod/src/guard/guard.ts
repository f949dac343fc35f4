import { CdnTags } from '../cdn/cdn-tags.ts';
import { Givers } from '../keys/givers.ts';
import { hearKeys } from '../keys/hear.ts';
import { withKeyTags } from '../keys/key.ts';
import { Learned } from '../keys/learned.ts';
import { limits } from '../limits.ts';
import type { Host } from './host.ts';
import { Keeping } from './keeping.ts';
import { KnownPages } from './known-pages.ts';
import { Ledger } from './ledger.ts';
import { Makings, type OpenMaking, type ServedAt } from './makings.ts';
import { hearAnswers } from './origins.ts';
import { Remakes } from './remakes.ts';
import { type AskedOf, type Followed, followRequests } from './requests.ts';
import { type Announcement, SharedStore } from './shared-store.ts';
import { Turns } from './turns.ts';
import { type Visit, Visits } from './visits.ts';

/** What the pod's routes see of the guard. They are bundled apart from it, and meet it on `globalThis`. */
export type Guard = {
  /** How many invalidations have been heard in this process. */
  readonly tick: number;
  /** The tick of a tag's last invalidation; 0 where none was heard. */
  tickOf(tag: string): number;
  /** The renders that began before a tick and have not ended. */
  before(tick: number, capMs: number): OpenMaking[];
  /** Called whenever a render has ended, until what is returned is called. */
  onEnd(wake: () => void): () => void;
  /** To be told when all that was invalidated up to a tick has settled: from then on nothing older is given to anyone. */
  settle(tick: number): void;
  /** To be told, before it is invalidated, of what is taken away: what carries these tags is kept for nobody. */
  vanish(tags: Iterable<string>): void;
  /** The same where nobody knows what was: nothing that was made up to now is kept. */
  vanishAll(): void;
  readonly keeping: Keeping;
  /** The store that this pod shares with others; null where it has one of its own. */
  readonly store: SharedStore | null;
  /** From which tick on a page counts that is made from now on. It invalidates nothing. */
  tickFromNow(): number;
  /** Opens a visit by this pod itself, and gives the name under which it has to be asked for. */
  visit(visit: Visit): { nonce: string; end: () => void };
  /** Where the request came in, in which this is called; null where that can't be known. */
  servedAt(): ServedAt | null;
  /** The host that a visitor has asked for last; null before the first, and where none has a name. */
  hostAskedFor(): Host | null;
  /** What ordinary traffic has told of this process's pages. */
  readonly pages: KnownPages;
  /** The hosts whose answers say what they were made from. */
  readonly givers: Givers;
  /** What is known of what pages are made from. */
  readonly learned: Learned;
  /** What answers say to a CDN that goes by tag. */
  readonly cdn: CdnTags;
  /** To be said before the framework is told, within the same request. */
  announce(announcement: Announcement): void;
};

/** The guard of a pod's pages. */
export type Guarding = {
  readonly guard: Guard;
  /** Whether it reaches all that this build keeps. */
  readonly whole: boolean;
};

/** One per process, as what it keeps: Next.js may evaluate a cache handler's file several times. */
export type GuardOfProcess = Guard & {
  readonly ledger: Ledger;
  readonly makings: Makings;
  readonly remakes: Remakes;
  readonly turns: Turns;
  readonly askedNow: AskedOf;
  /** A random id of this process, by which it knows again what it has stored. */
  readonly life: string;
  /** To be called by a guard whose store other pods use too. */
  share(): SharedStore;
};

const name = Symbol.for('everypod.guard');
type Global = { [name]?: GuardOfProcess };

/** The guard of this process; null where no cache handler of Next.js is guarded. */
export function guardInUse(): Guard | null {
  return (globalThis as Global)[name] ?? null;
}

export function guardOfProcess(): GuardOfProcess {
  const here = globalThis as Global;
  const known = here[name];
  if (known !== undefined) return known;
  const guard = createGuard();
  hearAnswers(guard.keeping.origins);
  const { givers, learned } = guard;
  const readsNow = () => {
    const { asked } = guard.askedNow() ?? {};
    // What a pod asks for itself is read for no page.
    return asked === undefined || asked.path.includes('/siteapi/') ? null : asked.reads;
  };
  hearKeys({ readsNow, givers, told: (said) => learned.answered(said) });
  here[name] = guard;
  return guard;
}

/** `follow` tells in which request something is asked: those of this process, or of one of several pods in it. */
export function createGuard(follow: (followed: Followed) => AskedOf = followRequests): GuardOfProcess {
  const { ledgerTagsAtMost: tagsAtMost, ledgerKeysAtMost: keysAtMost, makingsAtMost: atMost } = limits;
  const ledger = new Ledger({ tagsAtMost, keysAtMost, share: Math.random() });
  const makings = new Makings({ nowMs: () => performance.now(), atMost });
  const visits = new Visits();
  const givers = new Givers();
  const cdn = new CdnTags();
  const askedNow = follow({ makings, visits, givers, cdn });
  const keeping = new Keeping();
  let store: SharedStore | null = null;
  return {
    ledger,
    makings,
    remakes: new Remakes(),
    turns: new Turns(),
    askedNow,
    keeping,
    settle: (tick) => ledger.settle(tick),
    vanish: (tags) => ledger.vanish(withKeyTags(tags)),
    vanishAll: () => ledger.vanishAll(),
    life: crypto.randomUUID(),
    share() {
      store ??= new SharedStore();
      return store;
    },
    get store() {
      return store;
    },
    announce(announcement) {
      const announcing = askedNow()?.asked.announcing;
      if (announcing !== undefined) announcing.batch = [...(announcing.batch ?? []), announcement];
    },
    tickFromNow: () => ledger.invalidate([]),
    visit: (visit) => visits.open(visit),
    pages: new KnownPages(),
    givers,
    learned: new Learned(),
    cdn,
    hostAskedFor: () => visits.host,
    servedAt: () => askedNow()?.asked.at ?? null,
    get tick() {
      return ledger.tick;
    },
    tickOf: (tag) => ledger.tickOf(tag),
    before: (tick, capMs) => makings.before(tick, capMs),
    onEnd: (wake) => makings.onEnd(wake),
  };
}
