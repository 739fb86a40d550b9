-- Count one more form of a newcomer; tell whether there were too many now or a short while ago.
-- ARGV: 1 name of the count, 2 name of the mark, 3 the count's time (milliseconds),
--   4 how many are too many, 5 for how long that is remembered (milliseconds)
even_when_full()
local name, mark = key('lim:', ARGV[1]), key('lim:', ARGV[2])
local count = redis.call('INCR', name)
if redis.call('PTTL', name) < 0 then redis.call('PEXPIRE', name, ARGV[3]) end
if count < number(ARGV[4]) then return redis.call('EXISTS', mark) end
redis.call('SET', mark, 1, 'PX', ARGV[5])
return 1
