-- Count some more of one thing, within a time that begins with the first of them.
-- ARGV: 1 name, 2 how many, 3 that time (milliseconds)   returns the count
even_when_full()
local name = key('lim:', ARGV[1])
local count = redis.call('INCRBY', name, ARGV[2])
if redis.call('PTTL', name) < 0 then redis.call('PEXPIRE', name, ARGV[3]) end
return count
