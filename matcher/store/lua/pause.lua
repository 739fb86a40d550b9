-- Stop being matched; the place and its age stay, tickets of the time before lead nowhere. Whom a peer
-- was suggested does not come back to them for a while: a pause before an edit tells no more than it.
-- ARGV: 1 handle, 2 spent mark, 3 mark ends   returns 1, or 0 when there is nothing to pause
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'state') ~= 'open' then return 0 end
local offer = redis.call('HGET', head, 'offer')
if offer then withdraw(offer) end
withdraw_all_of_peer(ARGV[1], true)
note_spent(ARGV[2], number(ARGV[3]))
redis.call('HSET', head, 'state', 'paused')
redis.call('ZREM', key('w'), ARGV[1])
redis.call('ZREM', key('here'), ARGV[1])
return 1
