-- A peer carries more or fewer at once from now on; nothing that is open is touched.
-- ARGV: 1 handle, 2 version that was read, 3 sealed profile, 4 capacity
-- returns 1, or 0 when the place is gone or changed meanwhile
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'version') ~= ARGV[2] then return 0 end
redis.call('SET', key('p:', ARGV[1]), ARGV[3], 'KEEPTTL')
redis.call('HSET', head, 'capacity', ARGV[4])
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
