-- After a loss of the store: put a seeker back once, at the old place, as their ticket says.
-- ARGV: 1 handle, 2 spent mark, 3 age band, 4 since, 5 until, 6 last end, 7 stint, 8 sealed profile,
--   9 code key or '', 10 sealed code record, 11 session key, 12 sealed session, 13 session ends,
--   14 mark of who has left for good
-- returns 1, or 0 when the person is known or the ticket is spent
even_when_full()
local head, ends = key('h:', ARGV[1]), number(ARGV[5])
if ends <= now or redis.call('EXISTS', head) == 1 then return 0 end
for _, mark in ipairs({ARGV[2], ARGV[14]}) do
  if redis.call('ZSCORE', key('t'), mark) then return 0 end
end
redis.call('HSET', head, 'role', 'seeker', 'age', ARGV[3], 'version', 1, 'state', 'open',
  'since', ARGV[4], 'until', ARGV[5], 'stay', ARGV[5], 'last_end', ARGV[6], 'login', 'first',
  'stint', ARGV[7])
expire_at(head, ends)
redis.call('SET', key('p:', ARGV[1]), ARGV[8])
expire_at(key('p:', ARGV[1]), ends)
if ARGV[9] ~= '' then
  redis.call('SET', key('c:', ARGV[9]), ARGV[10])
  expire_at(key('c:', ARGV[9]), ends)
end
redis.call('SET', key('s:', ARGV[11]), ARGV[12])
expire_at(key('s:', ARGV[11]), math.min(number(ARGV[13]), ends))
redis.call('ZADD', key('w'), ARGV[4], ARGV[1])
live_until(key('w'), ends)
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
