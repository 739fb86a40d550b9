-- Remember that a coordinator has opened a report.
-- ARGV: 1 report   returns 1, or 0 when there is nothing to open any more
even_when_full()
local name = key('report:', ARGV[1])
if redis.call('HEXISTS', name, 'report') == 0 then return 0 end
redis.call('HSET', name, 'state', 'seen')
return 1
