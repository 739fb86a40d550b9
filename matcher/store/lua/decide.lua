-- Decide about a report, once: its words and lines go, and what was decided waits, sealed, for the
-- clock. Of somebody who is suspended the sealed words stay as long as the report, so that it can be
-- undone; lines of the conversation never do.
-- ARGV: 1 report, 2 its state, 3 the sealed verdict, 4 it ends, 5 'suspended' or ''
-- returns 1, or 0 when it was decided or has ended
even_when_full()
local name = key('report:', ARGV[1])
local words, ends = unpack(redis.call('HMGET', name, 'report', 'until'))
if not words then return 0 end
redis.call('HDEL', name, 'report', 'lines')
redis.call('HSET', name, 'state', ARGV[2])
redis.call('ZREM', key('reports'), ARGV[1])
redis.call('HSET', key('decided'), ARGV[1], ARGV[3])
live_until(key('decided'), number(ARGV[4]))
if ARGV[5] == '' then return 1 end
redis.call('HSET', name, 'suspended', words)
redis.call('ZADD', key('suspended'), ends, ARGV[1])
live_until(key('suspended'), number(ends))
return 1
