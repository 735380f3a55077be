-- Puts an archived sheet back unless the stored one is as new.
-- KEYS sheet, latest, index, version, epoch. ARGV channel, provider, epoch, version, sheet, asOf, then the fields of latest with
-- their values. Answers 1, or 0 when the stored one stays.
local wrong = mistyped({ 'string', 'hash', 'hash', 'counter', 'string' })
if wrong then return wrong end

local stored = redis.call('HGET', KEYS[3], ARGV[2])
if stored and redis.call('EXISTS', KEYS[1]) == 1 then
  local name, version = string.match(stored, '^([^|]*)|(%d+)|')
  if name and (name > ARGV[3] or (name == ARGV[3] and tonumber(version) >= tonumber(ARGV[4]))) then return 0 end
end

-- Later sheets must come after this one: a store that is older takes over the sheet's epoch.
local epoch = redis.call('GET', KEYS[5])
if not epoch or epoch < ARGV[3] then redis.call('SET', KEYS[5], ARGV[3]) end
local last = 0
if redis.call('TYPE', KEYS[4]).ok == 'string' then last = tonumber(redis.call('GET', KEYS[4])) or 0 end
if tonumber(ARGV[4]) > last then redis.call('SET', KEYS[4], ARGV[4]) end

redis.call('SET', KEYS[1], ARGV[5])
redis.call('DEL', KEYS[2])
for i = 7, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[3], ARGV[2], ARGV[3] .. '|' .. ARGV[4] .. '|' .. ARGV[6])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
