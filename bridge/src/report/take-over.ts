import type { About } from '../journal/about.ts';
import { type Journal, JournalUnavailable, type StoredEvent } from '../journal/journal.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Followers } from './followers.ts';

/** Sees to it that every unfinished event is followed, whichever bridge accepted it. */
export type TakeOver = {
  /** Resolves once events that were left behind are followed. */
  start(): Promise<void>;
  /** Resolves when the others may take over. */
  stop(): Promise<void>;
};

type Options = {
  followers: Followers;
  journal: Journal;
  isFollowed: (id: string) => boolean;
  follow: (event: StoredEvent, about: About) => void;
  log: Log;
  limits: Limits;
  now: () => number;
};

export function createTakeOver({
  followers,
  journal,
  isFollowed,
  follow,
  log,
  limits,
  now,
}: Options): TakeOver {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  /** Without it pages are made and not seen, which is no reason to leave an event to nobody. */
  async function aboutOf({ id }: StoredEvent): Promise<About> {
    return (await journal.about(id).catch(() => null)) ?? {};
  }

  async function once() {
    try {
      const events = await followers.takeOver(now() - limits.eventBudgetMs, isFollowed);
      const abouts = await Promise.all(events.map(aboutOf));
      for (const [nth, event] of events.entries()) {
        if (stopped || isFollowed(event.id)) continue;
        log.info({ id: event.id, seq: event.seq }, 'an event that nobody followed is followed');
        follow(event, abouts[nth] ?? {});
      }
    } catch (error) {
      // The connection's own log line says that Valkey is away.
      if (!(error instanceof JournalUnavailable)) log.error({ err: error }, 'no event could be taken over');
    }
    if (!stopped) timer = setTimeout(repeat, limits.takeOverEveryMs);
  }

  function repeat() {
    running = once();
  }

  return {
    async start() {
      repeat();
      await running;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
