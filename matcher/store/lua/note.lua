-- Keep a sealed note under a name that leads to nobody, unless that name is taken.
-- ARGV: 1 note, 2 its sealed words, 3 it ends   returns 1, or 0 when the name is taken
local name, ends = key('note:', ARGV[1]), number(ARGV[3])
if redis.call('EXISTS', name) == 1 then return 0 end
redis.call('HSET', name, 'note', ARGV[2], 'until', ARGV[3])
expire_at(name, ends)
redis.call('ZREMRANGEBYSCORE', key('notes'), '-inf', now)
redis.call('ZADD', key('notes'), ends, ARGV[1])
live_until(key('notes'), ends)
return 1
