-- Send a report of somebody, once for each capsule; a serious one holds them in this very step.
-- ARGV: 1 capsule, 2 what it held, 3 what it holds, 4 report, 5 its sealed words, 6 it ends,
--   7 handle of whom it is about, 8 name of the hold, or '' where it is not serious,
--   9 its sealed lines, as long where there are none
-- returns 1, or 0 when the capsule is gone or has made its report
even_when_full()
local capsule, name, ends = key('k:', ARGV[1]), key('report:', ARGV[4]), number(ARGV[6])
if redis.call('GET', capsule) ~= ARGV[2] then return 0 end
if ARGV[8] ~= '' and redis.call('EXISTS', key('h:', ARGV[7])) == 1 then
  hold(ARGV[7], ARGV[8], ARGV[6])
end
redis.call('SET', capsule, ARGV[3], 'KEEPTTL')
redis.call('HSET', name, 'report', ARGV[5], 'lines', ARGV[9], 'until', ARGV[6])
expire_at(name, ends)
redis.call('ZREMRANGEBYSCORE', key('reports'), '-inf', now)
redis.call('ZADD', key('reports'), ends, ARGV[4])
live_until(key('reports'), ends)
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
