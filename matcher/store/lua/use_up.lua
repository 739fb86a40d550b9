-- Use something up that is good for one time.
-- ARGV: 1 name, 2 remembered until   returns 1, or 0 when it was used before
even_when_full()
local name = key('used:', ARGV[1])
if redis.call('EXISTS', name) == 1 then return 0 end
redis.call('SET', name, 1)
expire_at(name, number(ARGV[2]))
return 1
