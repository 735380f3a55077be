-- Stores what readers know of a provider: see ProviderRecord.
-- KEYS providers, providers:revision, schedule:accepted. ARGV provider, profile (JSON), health (JSON, empty leaves the stored one).
local wrong = mistyped({ 'hash', 'counter', 'hash' })
if wrong then return wrong end

-- Quotes inside JSON text are escaped, so this can only be the member itself.
local before = redis.call('HGET', KEYS[1], ARGV[1])
local health = ARGV[3]
if health == '' then
  local from = before and string.find(before, ',"health":', 1, true)
  health = from and string.sub(before, from + 10, -2)
end

-- Part of the record must not make the whole unreadable.
local function json(text)
  return text and pcall(cjson.decode, text) and text or 'null'
end

local after = string.sub(ARGV[2], 1, -2)
  .. ',"schedule":' .. json(redis.call('HGET', KEYS[3], ARGV[1])) .. ',"health":' .. json(health) .. '}'
if after ~= before then
  redis.call('HSET', KEYS[1], ARGV[1], after)
  rise(KEYS[2], clock())
end
