-- What the scripts share. The server's clock is the only one: no worker's is asked.

-- Unix milliseconds.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A whole number as text; Lua by itself writes 1.7e+12.
local function digits(number)
  return string.format('%.0f', number)
end

-- The first key of a wrong type, as an error; nil when all are right or absent. A script is not rolled back when a command
-- fails half way, so everything that will be written is looked at first.
local function mistyped(kinds)
  for i = 1, #KEYS do
    local found = redis.call('TYPE', KEYS[i]).ok
    if found ~= 'none' and found ~= kinds[i] and kinds[i] ~= 'counter' then
      return redis.error_reply('WRONGTYPE ' .. KEYS[i] .. ' holds a ' .. found .. ', not a ' .. kinds[i])
    end
  end
end

-- Raises a counter. It follows the clock, so that it rises even when an older copy of the data was restored, or when another
-- type of value or no usable number was stored under its key.
local function rise(key, now)
  local last = 0
  if redis.call('TYPE', key).ok == 'string' then last = tonumber(redis.call('GET', key)) or 0 end
  -- Larger numbers cannot be counted on exactly; not equal to itself is no number.
  if last ~= last or last < 0 or last >= 2 ^ 53 then last = 0 end
  local value = digits(math.max(last + 1, now))
  redis.call('SET', key, value)
  return value
end

-- The id of the store's epoch; a new epoch begins when the keys are gone.
local function epoch(key, now, random)
  local name = redis.call('GET', key)
  if not name then
    name = digits(now) .. '-' .. random
    redis.call('SET', key, name)
  end
  return name
end

-- A stored sheet: see SheetPayload.
local function compose(provider, name, version, published, fence, slot, checkedAt, nextExpectedAt, digest, body)
  local head = '{"schema":1,"provider":"' .. provider .. '","epoch":"' .. name .. '","version":' .. version
    .. ',"publishedVersion":' .. published
    .. ',"fence":' .. fence .. ',"slot":"' .. slot .. '","checkedAt":"' .. checkedAt .. '","nextExpectedAt":' .. nextExpectedAt
    .. ',"sha256":"' .. digest .. '"'
  return head .. ',"sha1":"' .. redis.sha1hex(head) .. '",' .. body
end

-- The body of a stored sheet, its digest, and the version under which it was published; nil unless the head is whole and the
-- provider's.
local function split(provider, payload)
  local from = payload and string.find(payload, ',"sha1":"', 1, true)
  if not from then return nil end
  local head = string.sub(payload, 1, from - 1)
  local start = '{"schema":1,"provider":"' .. provider .. '",'
  if string.sub(head, 1, #start) ~= start or string.sub(payload, from + 9, from + 48) ~= redis.sha1hex(head) then return nil end
  -- Releases up to 0.3 stored no publishedVersion.
  local published = string.match(head, '"publishedVersion":(%d+)') or string.match(head, '"version":(%d+)')
  return string.sub(payload, from + 51), string.sub(head, -65, -2), published
end
