import { limits as messageLimits } from '@everypod/contract';
import { limits } from '../limits.ts';

/**
 * What every script of the journal begins with: `current()` gives the position, and first starts a new epoch
 * where the storage is not the one that the epoch was given in. See docs/decisions/valkey-keeps-or-starts-over.md.
 *
 * KEYS: position, targets, changed. ARGV: the epoch, generation and head that this bridge has seen, a name for
 * a new epoch, the time, `1` where the user vouches for a server that does not show its replication id, and how far
 * a new epoch jumps ahead (docs/decisions/a-journal-jumps-ahead-in-each-life.md).
 */
export const position = `
local positionKey, targetsKey, changedKey = KEYS[1], KEYS[2], KEYS[3]
local seen = { epoch = ARGV[1], generation = tonumber(ARGV[2]), head = tonumber(ARGV[3]) }
local newName, now, vouched, jump = ARGV[4], ARGV[5], ARGV[6] == '1', tonumber(ARGV[7])
local formerKept, headMost = ${limits.formerEpochsRemembered}, ${messageLimits.seqMost}
local fields = { 'epoch', 'generation', 'former', 'startedAt', 'head', 'floor', 'floorAt', 'replication' }

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

-- The head at which each epoch before was left, as 'epoch-one=17 epoch-two=812345'.
local function former_epochs(from)
  local all = {}
  for one in string.gmatch(from and from.former or '', '%S+') do all[#all + 1] = one end
  if seen.generation > 0 then all[#all + 1] = seen.epoch .. '=' .. whole(seen.head) end
  if from then all[#all + 1] = from.epoch .. '=' .. whole(tonumber(from.head) or 0) end
  return table.concat(all, ' ', math.max(1, #all - formerKept + 1))
end

local function left_at(at, epoch)
  local head = -1
  for name, left in string.gmatch(at.former, '(%S+)=(%d+)') do
    if name == epoch then head = math.max(head, tonumber(left)) end
  end
  return head
end

local function renew(from, id, why)
  if redis.call('EXISTS', positionKey) == 1 then redis.call('RENAME', positionKey, positionKey .. ':aside') end
  if redis.call('EXISTS', targetsKey) == 1 then redis.call('RENAME', targetsKey, targetsKey .. ':aside') end
  redis.call('DEL', changedKey)
  local known = math.max(seen.head, from and tonumber(from.head) or 0)
  local head = whole(why == 'new' and known or known + jump)
  local at = {
    epoch = newName,
    generation = whole(math.max(seen.generation, from and tonumber(from.generation) or 0) + 1),
    former = former_epochs(from),
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
  if seen.generation == 0 then return false end
  if seen.generation > tonumber(at.generation) then return true end
  return seen.head > (seen.epoch == at.epoch and tonumber(at.head) or left_at(at, seen.epoch))
end

local function current()
  local id, trouble = replication()
  if not id then return nil, redis.error_reply('UNFIT ' .. trouble) end
  local at = read()
  if not at then return renew(nil, id, seen.generation == 0 and 'new' or 'lost') end
  if tonumber(at.head) > headMost then
    at.head = '0'
    return renew(at, id, 'out of reach')
  end
  if not whole_storage(at) then return renew(at, id, 'torn') end
  if at.replication ~= id then return renew(at, id, 'another replication id') end
  if gone_back(at) then return renew(at, id, 'gone back') end
  at.why = ''
  return at
end

local function told(at)
  return { at.epoch, at.generation, at.startedAt, at.head, at.floor, at.floorAt, at.why }
end
`;
