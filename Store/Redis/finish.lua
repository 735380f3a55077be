-- Ends a claim without a publish; where the source confirmed the stored sheet, gives that a new checkedAt and version.
-- KEYS fetch, sheet, index, version, epoch. ARGV channel, provider, fence, random, slotDone, failed, notBefore,
-- validators (JSON, empty leaves them), slot, checkedAt (empty for none), nextExpectedAt (JSON).
-- Answers 1, or 0 when another worker has the claim.
local wrong = mistyped({ 'hash', 'string', 'hash', 'counter', 'string' })
if wrong then return wrong end
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[3] then return 0 end

redis.call('HSET', KEYS[1], 'until', 0, 'notBefore', ARGV[7])
if ARGV[5] == '1' then redis.call('HSET', KEYS[1], 'done', redis.call('HGET', KEYS[1], 'slot')) end
if ARGV[6] == '1' then redis.call('HINCRBY', KEYS[1], 'failures', 1) else redis.call('HSET', KEYS[1], 'failures', 0) end
if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 'validators', ARGV[8]) end
if ARGV[10] == '' then return 1 end

-- A sheet that is not whole is left for readers to report: a new head would make it look right.
local body, digest, published = split(ARGV[2], redis.call('GET', KEYS[2]))
local asOf = body and string.match(body, '^"asOf":"(%d%d%d%d%-%d%d%-%d%d)"')
if not asOf then return 1 end

local now = clock()
local name, version = epoch(KEYS[5], now, ARGV[4]), rise(KEYS[4], now)
redis.call('SET', KEYS[2], compose(ARGV[2], name, version, published, ARGV[3], ARGV[9], ARGV[10], ARGV[11], digest, body))
redis.call('HSET', KEYS[3], ARGV[2], name .. '|' .. version .. '|' .. asOf)
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
