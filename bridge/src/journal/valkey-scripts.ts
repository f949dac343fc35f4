import { script } from './valkey-connection.ts';

/**
 * What every script of the journal begins with: `current()` gives the position, and first starts a new epoch
 * where the storage is not the one that the epoch was given in. See docs/decisions/valkey-keeps-or-starts-over.md.
 *
 * KEYS: position, targets, changed. ARGV: the epoch, generation and head that this bridge has seen, a name for
 * a new epoch, the time, and `1` where the user vouches for a server that does not show its replication id.
 */
const position = `
local positionKey, targetsKey, changedKey = KEYS[1], KEYS[2], KEYS[3]
local seen = { epoch = ARGV[1], generation = tonumber(ARGV[2]), head = tonumber(ARGV[3]) }
local newName, now, vouched = ARGV[4], ARGV[5], ARGV[6] == '1'
local fields = { 'epoch', 'generation', 'began', 'startedAt', 'head', 'floor', 'floorAt', 'replication' }

local function whole(number) return string.format('%.0f', number) end

local function replication()
  local info = redis.pcall('INFO', 'replication')
  local shown = type(info) == 'string' and info or ''
  local role, id = string.match(shown, 'role:(%w+)'), string.match(shown, 'master_replid:(%w+)')
  if role and role ~= 'master' then return nil, 'this is a replica; name the primary' end
  if id or vouched then return id or '' end
  return nil, 'INFO does not show the replication id, so a failover would stay unseen. Allow INFO'
end

local function read()
  local values = redis.call('HMGET', positionKey, unpack(fields))
  if not values[1] then return nil end
  local found = {}
  for nth, field in ipairs(fields) do found[field] = values[nth] or '' end
  return found
end

local function write(at)
  local pairs = {}
  for _, field in ipairs(fields) do
    pairs[#pairs + 1] = field
    pairs[#pairs + 1] = at[field]
  end
  redis.call('HSET', positionKey, unpack(pairs))
end

-- Position and targets carry the epoch's name, so that one without the other is found out.
local function mark(epoch) return 'epoch ' .. epoch end

local function renew(from, atLeast, id, why)
  if redis.call('EXISTS', positionKey) == 1 then redis.call('RENAME', positionKey, positionKey .. ':aside') end
  if redis.call('EXISTS', targetsKey) == 1 then redis.call('RENAME', targetsKey, targetsKey .. ':aside') end
  redis.call('DEL', changedKey)
  local head = whole(math.max(atLeast, seen.head, from and tonumber(from.head) or 0))
  local at = {
    epoch = newName,
    generation = whole(math.max(seen.generation, from and tonumber(from.generation) or 0) + 1),
    began = head,
    startedAt = now,
    head = head,
    floor = head,
    floorAt = why == 'new' and '0' or now,
    replication = id,
  }
  write(at)
  redis.call('ZADD', targetsKey, '-inf', mark(newName))
  redis.call('ZADD', changedKey, '-inf', mark(newName))
  at.why = why
  return at
end

local function whole_storage(at)
  return redis.call('ZSCORE', targetsKey, mark(at.epoch)) and redis.call('ZSCORE', changedKey, mark(at.epoch))
end

-- What this bridge has seen can't have come before what it finds now.
local function gone_back(at)
  local generation = tonumber(at.generation)
  if seen.generation > generation then return true end
  if seen.generation < generation then return seen.head > tonumber(at.began) end
  return seen.epoch ~= at.epoch or seen.head > tonumber(at.head)
end

local function current()
  local id, trouble = replication()
  if not id then return nil, redis.error_reply('UNFIT ' .. trouble) end
  local at = read()
  if not at then return renew(nil, 0, id, seen.generation == 0 and 'new' or 'lost') end
  if not whole_storage(at) then return renew(at, 0, id, 'torn') end
  if at.replication ~= id then return renew(at, 0, id, 'another replication id') end
  if gone_back(at) then return renew(at, 0, id, 'gone back') end
  at.why = ''
  return at
end

local function told(at)
  return { at.epoch, at.generation, at.startedAt, at.head, at.floor, at.floorAt, at.why }
end
`;

/** Answers with the position. */
export const tellPosition = script(`${position}
local at, trouble = current()
return trouble or { told(at) }
`);

/**
 * Further KEYS: events, unfinished, the event's own. Further ARGV: the bridge's name, the event's id, body
 * hash, change, time of acceptance and targets as JSON, three limits, and each target's key.
 */
export const appendEvent = script(`${position}
local eventsKey, unfinishedKey, eventKey = KEYS[4], KEYS[5], KEYS[6]
local bridge, id, bodyHash, change, acceptedAt, targets = ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12]
local eventsKept, eventsKeptMs, targetsKept = tonumber(ARGV[13]), ARGV[14], tonumber(ARGV[15])

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
redis.call('ZADD', eventsKey, seq, id)
redis.call('ZADD', unfinishedKey, acceptedAt, id)
for nth = 16, #ARGV do
  redis.call('ZADD', targetsKey, seq, ARGV[nth])
  redis.call('ZADD', changedKey, 'GT', acceptedAt, ARGV[nth])
end

local prefix = string.sub(eventKey, 1, #eventKey - #id)
local surplusEvents = redis.call('ZCARD', eventsKey) - eventsKept
for _, old in ipairs(surplusEvents > 0 and redis.call('ZRANGE', eventsKey, 0, surplusEvents - 1) or {}) do
  redis.call('DEL', prefix .. old)
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

/** Further ARGV: `seq` or `time`, the point, and how many at most. */
export const targetsSince = script(`${position}
local at, trouble = current()
if trouble then return trouble end
local key, from = changedKey, ARGV[8]
if ARGV[7] == 'seq' then key, from = targetsKey, '(' .. from end
return { told(at), redis.call('ZRANGEBYSCORE', key, from, '+inf', 'LIMIT', 0, ARGV[9]) }
`);

/** Further ARGV: the epoch to be replaced, and the least head of the new one. */
export const renewEpoch = script(`${position}
local at, trouble = current()
if trouble then return trouble end
if at.epoch ~= ARGV[7] then return { told(at) } end
return { told(renew(at, tonumber(ARGV[8]), at.replication, 'a pod proves it')) }
`);

/**
 * Only the bridge that follows an event keeps its report, and nobody after the final one.
 * KEYS: the event's own, unfinished. ARGV: the bridge's name, the event's id, the report, `1` when it is final.
 */
export const keepReport = script(`
local known = redis.call('HMGET', KEYS[1], 'final', 'follower')
if known[1] ~= '0' or known[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'report', ARGV[3], 'final', ARGV[4])
if ARGV[4] == '1' then redis.call('ZREM', KEYS[2], ARGV[2]) end
return 1
`);
