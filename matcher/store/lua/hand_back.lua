-- "Too much for me now": an offer ends without a mark against the peer.
-- ARGV: 1 offer, 2 the peer's handle   returns 1, or 0 when it is gone
even_when_full()
local name = key('o:', ARGV[1])
local peer, room = unpack(redis.call('HMGET', name, 'p', 'room'))
if not peer or peer ~= ARGV[2] or room then return 0 end
withdraw(ARGV[1], true)
forget_missed(peer, 0)
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
