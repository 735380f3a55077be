-- Records the heartbeat of a worker, removes workers that have sent none for a long time, and gives the store its id.
-- KEYS workers, id. ARGV worker, longest silence in milliseconds, the id for a store that has none.
-- Answers the store's id.
local wrong = mistyped({ 'zset', 'string' })
if wrong then return wrong end

local now = clock()
redis.call('ZADD', KEYS[1], digits(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', digits(now - ARGV[2]))
redis.call('SET', KEYS[2], ARGV[3], 'NX')
return redis.call('GET', KEYS[2])
