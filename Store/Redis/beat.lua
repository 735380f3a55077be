-- Records the heartbeat of a worker, and removes workers that have sent none for a long time.
-- KEYS workers. ARGV worker, longest silence in milliseconds.
local wrong = mistyped({ 'zset' })
if wrong then return wrong end

local now = clock()
redis.call('ZADD', KEYS[1], digits(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', digits(now - ARGV[2]))
