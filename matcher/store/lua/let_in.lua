-- Say whether this pool is closed to newcomers, also in a store that is full, and while no rules can be
-- put up: it stays closed until somebody says otherwise.
-- ARGV: 1 whether it is closed, 2 for how long that is known (seconds)
even_when_full()
redis.call('HSET', key('stats:rules'), 'closed', ARGV[1])
redis.call('EXPIRE', key('stats:rules'), ARGV[2])
return 1
