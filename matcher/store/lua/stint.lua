-- Begin the next stint of a seeker, so that tickets of the one before can be voided.
-- ARGV: 1 handle, 2 how many stints a place may have, or 0 for no end
-- returns the stint that has ended, 0 when there is nobody, or -1 when there were as many already
even_when_full()
local head, most = key('h:', ARGV[1]), number(ARGV[2])
if redis.call('EXISTS', head) == 0 then return 0 end
if most > 0 and number(redis.call('HGET', head, 'stint')) >= most then return -1 end
return redis.call('HINCRBY', head, 'stint', 1) - 1
