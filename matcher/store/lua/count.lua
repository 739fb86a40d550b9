-- Count some more of one thing, in a stretch of time that ends for all such counts together.
-- ARGV: 1 name, 2 how many, 3 that end   returns the count
even_when_full()
local name = key('lim:', ARGV[1])
local count = redis.call('INCRBY', name, ARGV[2])
expire_at(name, number(ARGV[3]))
return count
