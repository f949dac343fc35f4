import { script } from './valkey-connection.ts';
import { position } from './valkey-position.ts';

/** Answers with the position. */
export const tellPosition = script(`${position}
local at, trouble = current()
return trouble or { told(at) }
`);

/**
 * Further KEYS: events, unfinished, the event's own, and what visits are told of it. Further ARGV: the bridge's name, the
 * event's id, body hash, change, time of acceptance and targets as JSON, three limits, what visits are told, empty where
 * that is nothing, and for how long at most, and each target's key.
 */
export const appendEvent = script(`${position}
local eventsKey, unfinishedKey, eventKey, aboutKey = KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local bridge, id, bodyHash, change, acceptedAt, targets = ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13]
local eventsKept, eventsKeptMs, targetsKept = tonumber(ARGV[14]), ARGV[15], tonumber(ARGV[16])
local about, aboutKeptMs = ARGV[17], ARGV[18]

local at, trouble = current()
if trouble then return trouble end
local known = redis.call('HGET', eventKey, 'bodyHash')
if known == bodyHash then return { told(at), 'duplicate', redis.call('HGETALL', eventKey) } end
if known then return { told(at), 'id-reused' } end

local seq = whole(tonumber(at.head) + 1)
at.head = seq
redis.call('HSET', positionKey, 'head', seq)
redis.call('HSET', eventKey, 'id', id, 'seq', seq, 'bodyHash', bodyHash, 'change', change, 'targets', targets,
  'acceptedAt', acceptedAt, 'follower', bridge, 'final', '0')
redis.call('PEXPIRE', eventKey, eventsKeptMs)
if about ~= '' then redis.call('SET', aboutKey, about, 'PX', aboutKeptMs) end
redis.call('ZADD', eventsKey, seq, id)
redis.call('ZADD', unfinishedKey, acceptedAt, id)
for nth = 19, #ARGV do
  redis.call('ZADD', targetsKey, seq, ARGV[nth])
  redis.call('ZADD', changedKey, 'GT', acceptedAt, ARGV[nth])
end

local prefix, aboutPrefix = string.sub(eventKey, 1, #eventKey - #id), string.sub(aboutKey, 1, #aboutKey - #id)
local surplusEvents = redis.call('ZCARD', eventsKey) - eventsKept
for _, old in ipairs(surplusEvents > 0 and redis.call('ZRANGE', eventsKey, 0, surplusEvents - 1) or {}) do
  redis.call('DEL', prefix .. old, aboutPrefix .. old)
  redis.call('ZREM', eventsKey, old)
  redis.call('ZREM', unfinishedKey, old)
end

local surplusTargets = redis.call('ZCARD', targetsKey) - 1 - targetsKept
if surplusTargets > 0 then
  -- Rank 0 is the epoch's mark. All targets of the last number that goes, go with it.
  local floor = redis.call('ZRANGE', targetsKey, surplusTargets, surplusTargets, 'WITHSCORES')[2]
  local floorAt = tonumber(at.floorAt)
  for _, key in ipairs(redis.call('ZRANGEBYSCORE', targetsKey, '(-inf', floor)) do
    floorAt = math.max(floorAt, tonumber(redis.call('ZSCORE', changedKey, key)))
    redis.call('ZREM', targetsKey, key)
    redis.call('ZREM', changedKey, key)
  end
  at.floor, at.floorAt = whole(tonumber(floor)), whole(floorAt)
  redis.call('HSET', positionKey, 'floor', at.floor, 'floorAt', at.floorAt)
end
return { told(at), 'accepted', seq }
`);

/**
 * Further ARGV: `seq` or `time`, the point, and how many at most; more are counted, and not read. Answers with how many,
 * the targets, and the number of each.
 */
export const targetsSince = script(`${position}
local at, trouble = current()
if trouble then return trouble end
local key, from, most = changedKey, ARGV[9], tonumber(ARGV[10])
if ARGV[8] == 'seq' then key, from = targetsKey, '(' .. from end
local count = redis.call('ZCOUNT', key, from, '+inf')
if count > most then return { told(at), count, {}, {} } end
local members = redis.call('ZRANGEBYSCORE', key, from, '+inf')
local seqs = {}
-- A call takes only so many arguments.
for first = 1, #members, 1000 do
  local some = redis.call('ZMSCORE', targetsKey, unpack(members, first, math.min(first + 999, #members)))
  for _, seq in ipairs(some) do seqs[#seqs + 1] = seq end
end
return { told(at), count, members, seqs }
`);

/**
 * One page of the targets that vanish, by their numbers: bridges that ask for many must not hold up Valkey. Further ARGV:
 * the number after which it begins, since when by the clock, and how many targets it looks at. Answers with the number up
 * to which it has looked, empty where that is all, the targets, and the number of each.
 */
export const vanishedPage = script(`${position}
local at, trouble = current()
if trouble then return trouble end
local from, since, most = '(' .. ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10])
local found = redis.call('ZRANGEBYSCORE', targetsKey, from, '+inf', 'LIMIT', 0, most)
local last = ''
if #found == most then
  -- All targets of a number stay together, so that the next page can begin behind it.
  last = redis.call('ZSCORE', targetsKey, found[most])
  for _, key in ipairs(redis.call('ZRANGEBYSCORE', targetsKey, last, last)) do found[#found + 1] = key end
end
local members, seqs = {}, {}
for _, key in ipairs(found) do
  if string.sub(key, 1, 9) == 'vanishes ' and tonumber(redis.call('ZSCORE', changedKey, key)) >= since then
    members[#members + 1], seqs[#seqs + 1] = key, redis.call('ZSCORE', targetsKey, key)
  end
end
return { told(at), last, members, seqs }
`);

/** Further ARGV: the epoch to be replaced, and how old it is at least, in milliseconds. */
export const renewEpoch = script(`${position}
local at, trouble = current()
if trouble then return trouble end
-- A clock that was set since then ends no lease.
local age = math.abs(tonumber(now) - tonumber(at.startedAt))
if at.epoch ~= ARGV[8] or age < tonumber(ARGV[9]) then return { told(at) } end
return { told(renew(at, at.replication, 'a pod proves it')) }
`);

/**
 * Only the bridge that follows an event keeps its report, and nobody after the final one.
 * KEYS: the event's own, unfinished, what visits are told. ARGV: the bridge's name, the event's id, the report, `1` when it is final.
 */
export const keepReport = script(`
local known = redis.call('HMGET', KEYS[1], 'final', 'follower')
if known[1] ~= '0' or known[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'report', ARGV[3], 'final', ARGV[4])
if ARGV[4] == '1' then
  redis.call('ZREM', KEYS[2], ARGV[2])
  redis.call('DEL', KEYS[3])
end
return 1
`);
