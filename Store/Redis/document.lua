-- Replaces, creates or deletes one document that still has the revision the caller saw, and records the change.
-- KEYS documents of the kind, documents:revision, audit. ARGV channel, kind, name, revision seen (0 for none), value (JSON, empty
-- deletes), by (JSON), documents:revision seen (empty: any), longest audit (0: not recorded), then what, subject, by, from and to of the
-- record.
-- Answers the new revision; nil when the document, or documents:revision, has another one.
local wrong = mistyped({ 'hash', 'counter', 'stream' })
if wrong then return wrong end

local before = redis.call('HGET', KEYS[1], ARGV[3])
local seen = before and string.match(before, '^{"revision":(%d+),') or '0'
if seen ~= ARGV[4] then return nil end
if ARGV[7] ~= '' and (redis.call('GET', KEYS[2]) or '0') ~= ARGV[7] then return nil end

local now = clock()
local revision = rise(KEYS[2], now)
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[1], ARGV[3])
else
  redis.call('HSET', KEYS[1], ARGV[3],
    '{"revision":' .. revision .. ',"at":' .. digits(now) .. ',"by":' .. ARGV[6] .. ',"value":' .. ARGV[5] .. '}')
end
if ARGV[8] ~= '0' then
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*',
    'what', ARGV[9], 'provider', ARGV[10], 'by', ARGV[11], 'from', ARGV[12], 'to', ARGV[13])
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return revision
