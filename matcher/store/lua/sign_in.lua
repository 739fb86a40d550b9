-- Open a session; the person's earlier one ends, since only the newest login counts.
-- ARGV: 1 session key, 2 sealed session, 3 session ends, 4 handle, 5 login
-- returns 1, or 0 when the place is gone
even_when_full()
local head = key('h:', ARGV[4])
if redis.call('EXISTS', head) == 0 then return 0 end
redis.call('HSET', head, 'login', ARGV[5])
redis.call('SET', key('s:', ARGV[1]), ARGV[2])
expire_at(key('s:', ARGV[1]), number(ARGV[3]))
return 1
