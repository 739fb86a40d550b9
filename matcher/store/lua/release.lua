-- Undo a suspension, once: what was kept for that goes, and the verdict waits for the clock.
-- ARGV: 1 report, 2 the sealed verdict, 3 it ends   returns 1, or 0 when nothing is to be undone
even_when_full()
local name = key('report:', ARGV[1])
if redis.call('HDEL', name, 'suspended') == 0 then return 0 end
redis.call('ZREM', key('suspended'), ARGV[1])
redis.call('HSET', key('decided'), ARGV[1], ARGV[2])
live_until(key('decided'), number(ARGV[3]))
return 1
