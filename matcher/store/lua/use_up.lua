-- Use something up that is good for one time.
-- ARGV: 1 name, 2 for how long it would be good (milliseconds)   returns 1, or 0 when it was used before
even_when_full()
return redis.call('SET', key('used:', ARGV[1]), 1, 'NX', 'PX', ARGV[2]) and 1 or 0
