-- Add one person to sums that began with noise, so that no sum was ever exact.
-- ARGV: 1 which sums of which stretch, 2 ends, 3 how many cells there are (0: none are told), then each
--   cell and its noise, then the cells to raise
-- returns 1, or 0 where a cell to raise is not there yet and none was told to begin it with
even_when_full()
local name, cells = key(ARGV[1], ''), number(ARGV[3])
local is_new = redis.call('EXISTS', name) == 0
for at = 4, 3 + 2 * cells, 2 do -- a cell that came in during the stretch begins with noise as well
  if redis.call('HEXISTS', name, ARGV[at]) == 0 then redis.call('HSET', name, ARGV[at], ARGV[at + 1]) end
end
for at = 4 + 2 * cells, #ARGV - 2 do
  if redis.call('HEXISTS', name, ARGV[at]) == 0 then return 0 end
end
if is_new then
  if cells == 0 then return 0 end
  expire_at(name, number(ARGV[2]))
end
for at = 4 + 2 * cells, #ARGV - 2 do redis.call('HINCRBY', name, ARGV[at], 1) end
return 1
