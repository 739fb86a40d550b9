-- Let a place live longer, with its profile sealed anew for the day on which it will end.
-- ARGV: 1 handle, 2 version that was read, 3 new end, 4 sealed profile, 5 a peer's answers
--   that count later, sealed likewise, or '', 6 to 9 what leads them back
-- returns 1, or 0 when the place is gone or changed meanwhile
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'version') ~= ARGV[2] then return 0 end
local ends = number(ARGV[3])
redis.call('HSET', head, 'until', ARGV[3], 'stay', math.max(ends, number(field(ARGV[1], 'stay'))))
redis.call('SET', key('p:', ARGV[1]), ARGV[4])
expire_at(key('p:', ARGV[1]), ends)
if ARGV[5] ~= '' then
  redis.call('SET', key('l:', ARGV[1]), ARGV[5])
  expire_at(key('l:', ARGV[1]), ends)
end
live_until(head, ends)
for _, name in ipairs({key('v:', ARGV[1]), key('n:', ARGV[1]), key('w')}) do
  live_until(name, ends)
end
lead_back(ARGV[1], 6)
return 1
