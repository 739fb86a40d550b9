-- Put the rules up for a while, also in a store that is full: without them no round is run.
-- ARGV: 1 for how long (seconds), 2 a mark that other rules do not have, 3 for how long it is
--   known since when they are in force (seconds), then each field and what it holds
even_when_full()
local name = key('rules')
local known = key('stats:rules')
if redis.call('HGET', known, 'mark') ~= ARGV[2] then
  redis.call('HSET', known, 'mark', ARGV[2], 'since', now)
end
redis.call('EXPIRE', known, ARGV[3])
redis.call('DEL', name) -- rules that are on trial no more stand beside them no more
for at = 4, #ARGV - 2, 2 do redis.call('HSET', name, ARGV[at], ARGV[at + 1]) end
redis.call('EXPIRE', name, ARGV[1])
return 1
