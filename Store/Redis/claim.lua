-- Asks for a slot: StoredFetchState.Decide makes the same decisions in the same order for the embedded store.
-- KEYS fetch, fence, epoch. ARGV slot, owner, lease, gap, attempts, random. Instants and spans in milliseconds.
-- Answers verdict, fence, attempt, until.
local wrong = mistyped({ 'hash', 'counter', 'string' })
if wrong then return wrong end

local slot, lease, gap = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = clock()
epoch(KEYS[3], now, ARGV[6])

local function field(name)
  return tonumber(redis.call('HGET', KEYS[1], name) or '0') or 0
end

-- An instant that lies ahead was stored under a wrong clock and must not stop the provider.
local function past(name)
  local instant = field(name)
  return instant > now + 5000 and 0 or instant
end

local recorded, ends, attempt, hold = past('slot'), field('until'), field('attempt'), field('notBefore')
if slot > now + 5000 then return { 'Future', 0, 0, 0 } end
if slot <= past('done') then return { 'Done', 0, 0, 0 } end
-- A lease that ends later than two leases from now was granted before the clock was set back: it has ended.
if ends > now and ends - now <= 2 * lease then return { 'Busy', 0, 0, ends } end
if slot < recorded then return { 'Older', 0, 0, 0 } end
if slot == recorded and attempt >= tonumber(ARGV[5]) then return { 'Exhausted', 0, 0, 0 } end
if slot ~= recorded and now - past('start') < gap then return { 'TooSoon', 0, 0, past('start') + gap } end
-- No source asks for a delay of more than 31 days; a longer one was computed with a wrong clock.
if hold > now and hold - now <= 31 * 86400000 then return { 'HeldBack', 0, 0, hold } end

attempt = slot == recorded and attempt + 1 or 1
ends = now + lease
local fence = rise(KEYS[2], now)
redis.call('HSET', KEYS[1], 'slot', digits(slot), 'owner', ARGV[2], 'fence', fence,
  'start', digits(now), 'until', digits(ends), 'attempt', attempt)
return { 'Granted', tonumber(fence), attempt, ends }
