-- Remember that a coordinator gave their passphrase, in a session that is still there.
-- ARGV: 1 session key, 2 until when
even_when_full()
local mine = key('desk:', ARGV[1])
if redis.call('EXISTS', mine) == 0 then return 0 end
redis.call('HSET', mine, 'sure', ARGV[2])
return 1
