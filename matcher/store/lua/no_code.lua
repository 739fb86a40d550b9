-- Somebody keeps no code: their session is all that leads back, and lives as long as their place.
-- ARGV: 1 session key, 2 session sealed without a code, 3 code key, 4 handle   returns 1 or 0
even_when_full()
local stay = number(field(ARGV[4], 'stay'))
if stay <= now or redis.call('EXISTS', key('s:', ARGV[1])) == 0 then return 0 end
redis.call('DEL', key('c:', ARGV[3]))
redis.call('SET', key('s:', ARGV[1]), ARGV[2])
expire_at(key('s:', ARGV[1]), stay)
return 1
