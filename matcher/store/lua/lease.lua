-- Take a lease, or find it taken; every new lease counts the fence one further.
-- ARGV: 1 name, 2 token, 3 lasts (milliseconds), 4 the fence's lifetime (milliseconds)
-- returns the fence, or 0 when somebody else holds the lease
even_when_full()
local name = key('lease:', ARGV[1])
if redis.call('GET', name) == ARGV[2] then
  redis.call('PEXPIRE', name, ARGV[3])
  return number(redis.call('GET', key('fence:', ARGV[1])))
end
if not redis.call('SET', name, ARGV[2], 'NX', 'PX', ARGV[3]) then return 0 end
local fence = redis.call('INCR', key('fence:', ARGV[1]))
redis.call('PEXPIRE', key('fence:', ARGV[1]), ARGV[4])
return fence
