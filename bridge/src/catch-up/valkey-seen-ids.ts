import { limits as messageLimits } from '@everypod/contract';
import { script, type ValkeyConnection } from '../journal/valkey-connection.ts';
import { keys } from '../journal/valkey-keys.ts';
import type { Limits } from '../limits.ts';
import type { SeenIds } from './seen-ids.ts';

/**
 * KEYS: the ids of all pods, and what the key of each pod's own begins with. ARGV: pod, id, now, the time before which
 * an id does not count any more, for how long it does, how many of one pod, how many in all.
 */
const claimId = script(`
local allKey, podPrefix = KEYS[1], KEYS[2]
local pod, id, now, forgetBefore, memoryMs = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local mostOfPod, mostInAll = tonumber(ARGV[6]), tonumber(ARGV[7])
local member, podKey = pod .. ' ' .. id, podPrefix .. pod

local function forget(members)
  for _, old in ipairs(members) do
    redis.call('ZREM', allKey, old)
    redis.call('ZREM', podPrefix .. string.match(old, '^[^ ]+'), old)
  end
end
local function surplus(key, most)
  local count = redis.call('ZCARD', key) + 1 - most
  return count > 0 and redis.call('ZRANGE', key, 0, count - 1) or {}
end

-- A step that takes long holds up everyone: what is left over goes with the claims that follow.
forget(redis.call('ZRANGEBYSCORE', allKey, '-inf', '(' .. forgetBefore, 'LIMIT', 0, 1000))
local claimedAt = redis.call('ZSCORE', allKey, member)
if claimedAt and tonumber(claimedAt) >= tonumber(forgetBefore) then return 0 end
forget(surplus(podKey, mostOfPod))
forget(surplus(allKey, mostInAll))
for _, key in ipairs({ allKey, podKey }) do
  redis.call('ZADD', key, now, member)
  redis.call('PEXPIRE', key, memoryMs)
end
return 1
`);

type Options = { connection: ValkeyConnection; limits: Limits; now: () => number };

/** Ids that are claimed once among all bridges. */
export function createValkeySeenIds({ connection, limits, now }: Options): SeenIds {
  return {
    async claim(id, pod) {
      const memoryMs = messageLimits.replayMemorySeconds * 1_000;
      const args = [
        pod,
        id,
        now(),
        now() - memoryMs,
        memoryMs,
        limits.catchUpIdsPerPod,
        limits.catchUpIdsRemembered,
      ];
      return (await connection.run(claimId, [keys.catchUpIds, keys.catchUpIdsOf('')], args)) === 1;
    },
  };
}
