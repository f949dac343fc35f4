import { createSeenIds, type SeenIds } from './catch-up/seen-ids.ts';
import { createValkeySeenIds } from './catch-up/valkey-seen-ids.ts';
import type { Journal } from './journal/journal.ts';
import type { JournalSetting } from './journal/journal-setting.ts';
import { newName } from './journal/names.ts';
import { createSqliteJournal } from './journal/sqlite.ts';
import { createValkeyJournal } from './journal/valkey.ts';
import { createServerClock } from './journal/valkey-clock.ts';
import { connectToValkey } from './journal/valkey-connection.ts';
import { createSettingsCheck } from './journal/valkey-settings.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import { noExchange, type PodExchange } from './pods/exchange.ts';
import type { PodNews } from './pods/registry.ts';
import { createValkeyExchange } from './pods/valkey-exchange.ts';
import type { Followers } from './report/followers.ts';
import { createSoleFollower } from './report/sole-follower.ts';
import { createValkeyFollowers } from './report/valkey-followers.ts';
import { createOwnPlaces } from './visits/own-places.ts';
import type { Places } from './visits/places.ts';
import { createValkeyPlaces } from './visits/valkey-places.ts';

/** All that a bridge keeps outside its own memory, or shares with other bridges. */
export type Storage = {
  journal: Journal;
  seenIds: SeenIds;
  followers: Followers;
  exchange: PodExchange;
  places: Places;
  /** Other bridges use it too. */
  shared: boolean;
  /** The clock that everyone who uses it goes by. */
  now: () => number;
  /**
   * Resolves once it can be asked, or after a bounded time; where a large journal has to be checked first, once it was.
   * Rejects with what is wrong with its place.
   */
  open(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  log: Log;
  limits: Limits;
  now: () => number;
  /** To be told what a pod said to another bridge, and how long ago. */
  heardElsewhere: (news: PodNews, ageMs: number) => void;
  /** How many visits may be under way at once, and for how long one is at most. */
  makesAtOnce: number;
  makeMs: number;
};

export function createStorage(setting: JournalSetting, options: Options): Storage {
  return setting.kind === 'sqlite'
    ? createOwnStorage(setting.path, options)
    : createSharedStorage(setting, options);
}

function createOwnStorage(path: string, { log, limits, now, makesAtOnce }: Options): Storage {
  const journal = createSqliteJournal({ path, log, limits, now });
  return {
    journal,
    seenIds: createSeenIds({ limits, now }),
    followers: createSoleFollower(journal),
    exchange: noExchange,
    places: createOwnPlaces({ most: makesAtOnce }),
    shared: false,
    now,
    open: () => journal.opened(),
    close: () => journal.close(),
  };
}

type Shared = Extract<JournalSetting, { kind: 'valkey' }>;

function createSharedStorage({ server, vouched }: Shared, options: Options): Storage {
  const { log, limits, now: ownNow, heardElsewhere, makesAtOnce, makeMs } = options;
  const name = newName();
  const connection = connectToValkey({ server, limits, log });
  const checkSettings = createSettingsCheck({ connection, vouched, limits });
  const clock = createServerClock(ownNow);
  const { now } = clock;
  const journal = createValkeyJournal({ connection, checkSettings, vouched, name, log, limits, now });
  return {
    journal,
    seenIds: createValkeySeenIds({ connection, limits, now }),
    followers: createValkeyFollowers({ connection, journal, clock, name, limits }),
    exchange: createValkeyExchange({ connection, name, log, limits, now, heard: heardElsewhere }),
    places: createValkeyPlaces({
      connection,
      name,
      most: makesAtOnce,
      lastsMs: makeMs + limits.placeSpareMs,
      limits,
    }),
    shared: true,
    now,
    open: () => connection.settled(limits.valkeyStartMs),
    close: () => connection.close(),
  };
}
