-- Open a coordinator's session; their earlier one ends, since only the newest login counts.
-- ARGV: 1 session key, 2 sealed session, 3 whose (a keyed hash), 4 login, 5 idle end, 6 last end
even_when_full()
local mine, whose = key('desk:', ARGV[1]), key('desk-of:', ARGV[3])
redis.call('HSET', mine, 'sealed', ARGV[2], 'last', ARGV[6])
expire_at(mine, number(ARGV[5]))
redis.call('SET', whose, ARGV[4])
expire_at(whose, number(ARGV[6]))
return 1
