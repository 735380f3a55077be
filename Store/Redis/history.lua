-- Replaces days that still are what the caller saw.
-- KEYS the year, the revision of the provider's history. ARGV day, figures seen (empty for none) and new figures, for each.
-- Answers the days that somebody else has changed meanwhile: they were left alone.
local wrong = mistyped({ 'hash', 'counter' })
if wrong then return wrong end

local missed = {}
for i = 1, #ARGV, 3 do
  if (redis.call('HGET', KEYS[1], ARGV[i]) or '') == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
  else
    missed[#missed + 1] = ARGV[i]
  end
end
if #missed < #ARGV / 3 then
  rise(KEYS[2], clock())
end
return missed
