-- Give one person a place, once for each draft.
-- ARGV: 1 draft key, 2 code key, 3 session key, 4 handle, 5 role, 6 age band, 7 since, 8 until,
--   9 last end, 10 draft ends, 11 session ends, 12 sealed code record, 13 sealed session,
--   14 sealed profile, 15 invitation key or '', 16 scope, 17 capacity,
--   18 'open' while the code is still to be kept, 'done' where it was made in the browser,
--   19 '1' when nobody new comes in
-- returns 'joined', 'again' (the same draft, the same person), 'gone', 'invitation' or 'closed'
local draft, handle, role = key('d:', ARGV[1]), ARGV[4], ARGV[5]
local head = key('h:', handle)
if redis.call('EXISTS', draft, head) > 0 then
  local is_open = redis.call('GET', draft) == 'open'
  local is_there = redis.call('EXISTS', head, key('s:', ARGV[3])) == 2
  return is_open and is_there and 'again' or 'gone'
end
if ARGV[19] == '1' then return 'closed' end
if redis.call('EXISTS', key('c:', ARGV[2])) == 1 then return 'gone' end -- nobody takes another's code
if ARGV[15] ~= '' then
  local invitation = redis.call('GET', key('i:', ARGV[15]))
  if not invitation or invitation == 'used' then return 'invitation' end
  redis.call('SET', key('i:', ARGV[15]), 'used', 'KEEPTTL')
end
local ends = number(ARGV[8])
redis.call('SET', draft, ARGV[18])
expire_at(draft, number(ARGV[10]))
redis.call('SET', key('c:', ARGV[2]), ARGV[12])
expire_at(key('c:', ARGV[2]), ends)
redis.call('SET', key('s:', ARGV[3]), ARGV[13])
expire_at(key('s:', ARGV[3]), number(ARGV[11]))
redis.call('SET', key('p:', handle), ARGV[14])
expire_at(key('p:', handle), ends)
redis.call('HSET', head, 'role', role, 'age', ARGV[6], 'version', 1, 'state', 'open',
  'since', ARGV[7], 'until', ARGV[8], 'stay', ARGV[8], 'last_end', ARGV[9], 'login', 'first', 'stint', 1)
if role == 'peer' then redis.call('HSET', head, 'scope', ARGV[16], 'capacity', ARGV[17]) end
expire_at(head, ends)
if role == 'seeker' then
  redis.call('ZADD', key('w'), ARGV[7], handle)
  live_until(key('w'), ends)
  redis.call('SET', key('ask'), 1, 'EX', 3600)
end
return 'joined'
