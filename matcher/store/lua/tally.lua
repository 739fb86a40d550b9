-- Add one person to sums that began with noise, so that no sum was ever exact.
-- ARGV: 1 which sums of which stretch, 2 the same once it is over, 3 ends, 4 how many cells are told
--   (0: none), 5 how many there should be, then each cell that is told and its noise, then the cells
--   to raise
-- returns 1, 0 where cells are not there yet and none were told to begin them with, or -1 where the sums
--   have been shown: they never change again
even_when_full()
local name, cells = key(ARGV[1]), number(ARGV[4])
if redis.call('EXISTS', key(ARGV[2])) == 1 then return -1 end
local is_new = redis.call('EXISTS', name) == 0
for at = 6, 5 + 2 * cells, 2 do -- a cell that came in during the stretch begins with noise as well
  if redis.call('HEXISTS', name, ARGV[at]) == 0 then redis.call('HSET', name, ARGV[at], ARGV[at + 1]) end
end
if cells == 0 and redis.call('HLEN', name) < number(ARGV[5]) then return 0 end
for at = 6 + 2 * cells, #ARGV - 2 do
  if redis.call('HEXISTS', name, ARGV[at]) == 0 then return 0 end
end
if is_new then expire_at(name, number(ARGV[3])) end
for at = 6 + 2 * cells, #ARGV - 2 do redis.call('HINCRBY', name, ARGV[at], 1) end
return 1
