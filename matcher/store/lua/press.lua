-- Count one more form of a newcomer; tell whether there were too many now or a short while ago.
-- ARGV: 1 name of the count, 2 name of the mark, 3 the count ends, 4 how many are too many,
--   5 the mark ends
even_when_full()
local name, mark = key('lim:', ARGV[1]), key('lim:', ARGV[2])
local count = redis.call('INCR', name)
expire_at(name, number(ARGV[3]))
if count < number(ARGV[4]) then return redis.call('EXISTS', mark) end
redis.call('SET', mark, 1)
expire_at(mark, number(ARGV[5]))
return 1
