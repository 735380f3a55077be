-- Counts a request to a provider with a daily quota: StoredQuota.Decide makes the same decisions in the same order for the
-- embedded store. KEYS quota. ARGV limit, spare, from, until. Instants in milliseconds.
-- Answers verdict, used, until, now.
local wrong = mistyped({ 'hash' })
if wrong then return wrong end

local limit, spare, from, ends = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = clock()
if now < from or now >= ends then return { 'OtherDay', 0, ends, now } end

-- No day is longer than 26 hours. One that ends later was stored under a wrong clock.
local used, stored = 0, tonumber(redis.call('HGET', KEYS[1], 'until') or '0') or 0
if stored > now and stored - now <= 26 * 3600000 then
  ends = stored
  -- A count that cannot be read must not let more requests through than are allowed.
  used = tonumber(redis.call('HGET', KEYS[1], 'used') or '') or limit
  if not (used >= 0 and used < 2 ^ 31) then used = limit end
end
if used + spare >= limit then return { 'Used', used, ends, now } end

redis.call('HSET', KEYS[1], 'used', digits(used + 1), 'until', digits(ends), 'limit', digits(limit))
return { 'Granted', used + 1, ends, now }
