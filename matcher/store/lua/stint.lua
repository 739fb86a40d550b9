-- Begin the next stint of a seeker, so that tickets of the one before can be voided.
-- ARGV: 1 handle   returns the stint that has ended, or 0 when there is nobody
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('EXISTS', head) == 0 then return 0 end
return redis.call('HINCRBY', head, 'stint', 1) - 1
