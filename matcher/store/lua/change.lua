-- Replace a seeker's sealed profile; what was suggested on the old one is taken back, and tickets that
-- hold the old one lead nowhere.
-- ARGV: 1 handle, 2 version that was read, 3 sealed profile, 4 age band, 5 spent mark, 6 mark ends
-- returns 1, or 0 when the place is gone or changed meanwhile
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'version') ~= ARGV[2] then return 0 end
local offer = redis.call('HGET', head, 'offer')
if offer then withdraw(offer) end
redis.call('SET', key('p:', ARGV[1]), ARGV[3], 'KEEPTTL')
note_spent(ARGV[5], number(ARGV[6]))
redis.call('HSET', head, 'version', number(ARGV[2]) + 1, 'age', ARGV[4])
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
