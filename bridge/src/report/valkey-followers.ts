import { z } from 'zod';
import type { Journal, StoredEvent } from '../journal/journal.ts';
import type { ServerClock } from '../journal/valkey-clock.ts';
import { script, type ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { Limits } from '../limits.ts';
import type { Followers } from './followers.ts';

/**
 * Says that this bridge lives, and takes over from those that don't.
 * KEYS: unfinished, this bridge's own. ARGV: its name, its lease in ms, the earliest acceptance, and what the
 * keys of events and bridges begin with. Answers with the server's time and the ids that this bridge follows.
 */
const takeOver = script(`
redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
local ids = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[3], '+inf')) do
  local follower = redis.call('HGET', ARGV[4] .. id, 'follower')
  if follower and follower ~= ARGV[1] and redis.call('EXISTS', ARGV[5] .. follower) == 0 then
    redis.call('HSET', ARGV[4] .. id, 'follower', ARGV[1])
    follower = ARGV[1]
  end
  if follower == ARGV[1] then ids[#ids + 1] = id end
end
return { redis.call('TIME'), ids }
`);

const answerSchema = z.tuple([z.tuple([z.coerce.number(), z.coerce.number()]), z.array(z.string())]);

type Options = {
  connection: ValkeyConnection;
  journal: Journal;
  clock: ServerClock;
  name: string;
  limits: Limits;
};

/** Bridges that share a Valkey: a lease that each renews tells the others that it lives. */
export function createValkeyFollowers({ connection, journal, clock, name, limits }: Options): Followers {
  /** A few at a time, and without the reports: those of many pods would fill the memory, and are made anew. */
  async function unfinished(ids: readonly string[]): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (let at = 0; at < ids.length; at += limits.reportsAtOnce) {
      const events = await Promise.all(ids.slice(at, at + limits.reportsAtOnce).map(journal.event));
      for (const event of events) if (event && !event.report?.final) found.push({ ...event, report: null });
    }
    return found;
  }

  return {
    async takeOver(acceptedSince, isFollowed) {
      const askedAt = performance.now();
      const answer = await connection.run(
        takeOver,
        [keys.unfinished, keys.bridge(name)],
        [name, limits.followerLeaseMs, acceptedSince, keys.event(''), keys.bridge('')],
      );
      const [[seconds, microseconds], ids] = answerSchema.parse(answer);
      clock.told(seconds * 1_000 + microseconds / 1_000, performance.now() - askedAt);
      return unfinished(ids.filter((id) => !isFollowed(id)));
    },
    async leave() {
      await connection.command('DEL', keys.bridge(name));
    },
  };
}
