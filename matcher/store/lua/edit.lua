-- Replace a peer's answers: what takes something away counts now, the rest later.
-- ARGV: 1 handle, 2 version that was read, 3 sealed answers that count now, 4 their age band,
--   5 capacity, 6 sealed answers that count later or '', 7 their age band, 8 they count from ('': no
--   new time begins), 9 '1' when nobody is suggested until then, 10 '1' when open suggestions end,
--   11 '1' when the peer had been here before
-- returns 1, or 0 when the place is gone or changed meanwhile
even_when_full()
local head, profile, later = key('h:', ARGV[1]), key('p:', ARGV[1]), key('l:', ARGV[1])
local version, here = unpack(redis.call('HMGET', head, 'version', 'here_until'))
if version ~= ARGV[2] or (here and '1' or '0') ~= ARGV[11] then return 0 end
if redis.call('EXISTS', profile) == 0 then return 0 end
if ARGV[10] == '1' then withdraw_all_of_peer(ARGV[1], true) end
redis.call('SET', profile, ARGV[3], 'KEEPTTL')
redis.call('DEL', later)
if ARGV[6] ~= '' then
  redis.call('COPY', profile, later) -- with its lifetime
  redis.call('SET', later, ARGV[6], 'KEEPTTL')
end
redis.call('HSET', head, 'version', number(ARGV[2]) + 1, 'age', ARGV[4], 'capacity', ARGV[5],
  'later_age', ARGV[7])
if ARGV[8] ~= '' then redis.call('HSET', head, 'counts_from', ARGV[8]) end
if ARGV[9] == '1' then redis.call('HSET', head, 'quiet', 1) end
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
