import { newName } from '../journal/names.ts';
import { script, type ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { Limits } from '../limits.ts';
import type { Places } from './places.ts';

/**
 * Takes a place, by the server's clock. A bridge that finds none free stands in line, those first that want it for a
 * subject's own page: otherwise whoever has the places would have each again that it gives back, and the others none. Who
 * has more than the one that asks is not waited for, so that none stays free while each of them is busy.
 * KEYS: the places by when they end, the line by since when each bridge waits, and when each has asked last.
 * ARGV: the bridge, the place's name, how many there are, for how long one is taken, for how long who does not ask
 * stays in line, how far ahead it stands there in microseconds, and the names of places that are to be given back.
 */
const takePlace = script(`
local placesKey, lineKey, askedKey = KEYS[1], KEYS[2], KEYS[3]
local bridge, place, most, lastsMs, inLineMs = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local nowUs = tonumber(time[1]) * 1e6 + tonumber(time[2])
local now = math.floor(nowUs / 1000)

for nth = 7, #ARGV do redis.call('ZREM', placesKey, ARGV[nth]) end
redis.call('ZREMRANGEBYSCORE', placesKey, '-inf', now)
for _, silent in ipairs(redis.call('ZRANGEBYSCORE', askedKey, '-inf', now - inLineMs)) do
  redis.call('ZREM', askedKey, silent)
  redis.call('ZREM', lineKey, silent)
end

local free = most - redis.call('ZCARD', placesKey)
local has = {}
for _, one in ipairs(redis.call('ZRANGE', placesKey, 0, -1)) do
  local whose = string.match(one, '^[^ ]+')
  has[whose] = (has[whose] or 0) + 1
end
-- By the microsecond: two that ask within the same millisecond would each find nobody ahead.
local sinceUs = math.min(nowUs - tonumber(ARGV[6]), tonumber(redis.call('ZSCORE', lineKey, bridge) or nowUs))
local since = string.format('%.0f', sinceUs)
local ahead = 0
for _, one in ipairs(redis.call('ZRANGEBYSCORE', lineKey, '-inf', '(' .. since)) do
  if (has[one] or 0) <= (has[bridge] or 0) then ahead = ahead + 1 end
end
if free <= ahead and not redis.call('ZSCORE', placesKey, place) then
  redis.call('ZADD', lineKey, since, bridge)
  redis.call('ZADD', askedKey, now, bridge)
  redis.call('PEXPIRE', lineKey, inLineMs)
  redis.call('PEXPIRE', askedKey, inLineMs)
  return 0
end
redis.call('ZREM', lineKey, bridge)
redis.call('ZREM', askedKey, bridge)
redis.call('ZADD', placesKey, now + lastsMs, place)
redis.call('PEXPIRE', placesKey, lastsMs)
return 1
`);

/** Ahead of everyone who waits for another page, whoever came first: 126 years, and exact in a double. */
const aheadOfOthersUs = 4e15;

type Options = {
  connection: ValkeyConnection;
  /** This life of the bridge. */
  name: string;
  most: number;
  /** What is not given back by then, as by a bridge that died, is free again. */
  lastsMs: number;
  limits: Limits;
};

/** Those of all bridges on one Valkey. While that can't be asked nobody has one more. */
export function createValkeyPlaces({ connection, name, most, lastsMs, limits }: Options): Places {
  const places = [keys.places, keys.placesLine, keys.placesAsked];
  /** Of asks that were not answered: they may have been heard all the same, and are asked for again. */
  const unsure: string[] = [];
  /** Those that could not be given back. */
  const owed = new Set<string>();

  async function giveBack(place: string) {
    try {
      await connection.command('ZREM', keys.places, place);
    } catch {
      owed.add(place);
    }
  }

  return {
    async take(wanted) {
      const place = unsure.pop() ?? `${name} ${newName()}`;
      const owing = [...owed];
      const aheadUs = wanted === 'own page' ? aheadOfOthersUs : 0;
      const args = [name, place, most, lastsMs, limits.placesInLineMs, aheadUs, ...owing];
      try {
        const isTaken = (await connection.run(takePlace, places, args)) === 1;
        for (const former of owing) owed.delete(former);
        return isTaken ? { giveBack: () => giveBack(place) } : null;
      } catch {
        // The connection's own log line says that Valkey is away.
        unsure.push(place);
        return null;
      }
    },
  };
}
