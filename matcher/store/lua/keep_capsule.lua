-- Let a capsule live on, sealed anew for its later end, unless it was changed since it was opened.
-- ARGV: 1 capsule, 2 what it held, 3 what it holds, 4 it ends   returns 1 or 0
even_when_full()
local name = key('k:', ARGV[1])
if redis.call('GET', name) ~= ARGV[2] then return 0 end
redis.call('SET', name, ARGV[3], 'KEEPTTL')
live_until(name, number(ARGV[4]))
return 1
