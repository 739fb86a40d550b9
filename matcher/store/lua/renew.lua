-- Hold a lease on, or take it up again after it ran out, unless somebody else has held it since.
-- ARGV: 1 name, 2 token, 3 lasts (milliseconds), 4 fence   returns 1, or 0 when it is lost for good
even_when_full()
local name = key('lease:', ARGV[1])
if redis.call('GET', key('fence:', ARGV[1])) ~= ARGV[4] then return 0 end
if redis.call('SET', name, ARGV[2], 'NX', 'PX', ARGV[3]) then return 1 end
if redis.call('GET', name) ~= ARGV[2] then return 0 end
return redis.call('PEXPIRE', name, ARGV[3])
