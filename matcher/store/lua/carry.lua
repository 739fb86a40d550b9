-- A peer carries more or fewer at once from now on; nothing that is open is touched.
-- ARGV: 1 handle, 2 version that was read, 3 sealed profile, 4 capacity, 5 sealed answers that count later or ''
-- returns 1, or 0 when the place is gone or changed meanwhile
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'version') ~= ARGV[2] then return 0 end
redis.call('SET', key('p:', ARGV[1]), ARGV[3], 'KEEPTTL')
if ARGV[5] ~= '' then redis.call('SET', key('l:', ARGV[1]), ARGV[5], 'XX', 'KEEPTTL') end
redis.call('HSET', head, 'capacity', ARGV[4])
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
