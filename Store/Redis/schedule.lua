-- Replaces definitions that still are what the caller saw.
-- KEYS schedule, schedule:accepted, schedule:revision, providers, providers:revision, audit.
-- ARGV channel, by (empty: not audited), longest audit, then for each: provider, text and accepted definition seen (empty for none),
-- new text and new accepted definition.
-- Answers how many were replaced.
local wrong = mistyped({ 'hash', 'hash', 'counter', 'hash', 'counter', 'stream' })
if wrong then return wrong end

local replaced = 0
for i = 4, #ARGV, 5 do
  local provider, before, known, text, after = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  if (redis.call('HGET', KEYS[1], provider) or '') == before and (redis.call('HGET', KEYS[2], provider) or '') == known then
    redis.call('HSET', KEYS[1], provider, text)
    redis.call('HSET', KEYS[2], provider, after)
    local record = redis.call('HGET', KEYS[4], provider)
    local from = record and string.find(record, ',"schedule":', 1, true)
    local to = record and string.find(record, ',"health":', 1, true)
    if from and to then
      redis.call('HSET', KEYS[4], provider, string.sub(record, 1, from + 11) .. after .. string.sub(record, to))
    end
    if ARGV[2] ~= '' then
      redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[3], '*',
        'what', 'schedule', 'provider', provider, 'by', ARGV[2], 'from', known ~= '' and known or before, 'to', after)
    end
    replaced = replaced + 1
  end
end

if replaced > 0 then
  local now = clock()
  rise(KEYS[3], now)
  rise(KEYS[5], now)
  redis.call('PUBLISH', ARGV[1], '')
end
return replaced
