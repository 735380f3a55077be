-- Publishes a sheet and marks its slot done, if the claim still is the caller's.
-- KEYS fetch, sheet, latest, index, version, epoch. ARGV channel, provider, fence, random, slot, checkedAt, nextExpectedAt (JSON),
-- digest, body, asOf, validators (JSON), then the fields of latest with their values.
-- Answers epoch and version; nil when another worker has the claim.
local wrong = mistyped({ 'hash', 'string', 'hash', 'hash', 'counter', 'string' })
if wrong then return wrong end
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[3] then return nil end

local now = clock()
local name, version = epoch(KEYS[6], now, ARGV[4]), rise(KEYS[5], now)

-- The self-describing value first: should the rest be lost, readers still find it whole.
redis.call('SET', KEYS[2], compose(ARGV[2], name, version, version, ARGV[3], ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]))
redis.call('DEL', KEYS[3])
for i = 12, #ARGV, 2 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[4], ARGV[2], name .. '|' .. version .. '|' .. ARGV[10])
redis.call('HSET', KEYS[1], 'done', redis.call('HGET', KEYS[1], 'slot'), 'until', 0, 'failures', 0, 'notBefore', 0, 'validators', ARGV[11])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return { name, version }
