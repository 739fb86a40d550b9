-- Carry out what was decided about a report: its hold goes, for another or for none.
-- ARGV: 1 report, 2 the sealed verdict, 3 handle of whom it is about, 4 name of the hold, 5 from now
--   on held until, or '' for not at all, 6 warned until, or ''
-- returns 1, or 0 when that was carried out before
even_when_full()
local head = key('h:', ARGV[3])
if redis.call('HGET', key('decided'), ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', key('decided'), ARGV[1])
if redis.call('EXISTS', head) == 0 then return 1 end
local left = {}
for which, ends in string.gmatch(redis.call('HGET', head, 'holds') or '', '([^,:]+):([%d.]+)') do
  if which ~= ARGV[4] then table.insert(left, which .. ':' .. ends .. ',') end
end
redis.call('HDEL', head, 'holds')
if #left > 0 then redis.call('HSET', head, 'holds', table.concat(left)) end
if ARGV[5] ~= '' then hold(ARGV[3], ARGV[4], ARGV[5]) end
if ARGV[6] ~= '' then redis.call('HSET', head, 'warned', ARGV[6]) end
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
