-- Put the rules up for a while, also in a store that is full: without them no round is run.
-- ARGV: 1 for how long (seconds), then each field and what it holds
even_when_full()
local name = key('rules')
for at = 2, #ARGV - 2, 2 do redis.call('HSET', name, ARGV[at], ARGV[at + 1]) end
redis.call('EXPIRE', name, ARGV[1])
return 1
