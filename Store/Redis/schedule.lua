-- Replaces definitions that still are what the caller saw.
-- KEYS schedule, schedule:revision, providers, providers:revision, audit. ARGV channel, by (empty: not audited), longest audit,
-- then provider, definition seen (empty for none) and new definition, for each.
-- Answers how many were replaced.
local wrong = mistyped({ 'hash', 'counter', 'hash', 'counter', 'stream' })
if wrong then return wrong end

local replaced = 0
for i = 4, #ARGV, 3 do
  local provider, before, after = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if (redis.call('HGET', KEYS[1], provider) or '') == before then
    redis.call('HSET', KEYS[1], provider, after)
    local record = redis.call('HGET', KEYS[3], provider)
    local from = record and string.find(record, ',"schedule":', 1, true)
    local to = record and string.find(record, ',"health":', 1, true)
    if from and to then
      redis.call('HSET', KEYS[3], provider, string.sub(record, 1, from + 11) .. after .. string.sub(record, to))
    end
    if ARGV[2] ~= '' then
      redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[3], '*',
        'what', 'schedule', 'provider', provider, 'by', ARGV[2], 'from', before, 'to', after)
    end
    replaced = replaced + 1
  end
end

if replaced > 0 then
  local now = clock()
  rise(KEYS[2], now)
  rise(KEYS[4], now)
  redis.call('PUBLISH', ARGV[1], '')
end
return replaced
