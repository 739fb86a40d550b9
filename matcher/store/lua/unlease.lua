-- Give a lease back, if it is still ours.
-- ARGV: 1 name, 2 token   returns 1 or 0
even_when_full()
local name = key('lease:', ARGV[1])
if redis.call('GET', name) ~= ARGV[2] then return 0 end
return redis.call('DEL', name)
