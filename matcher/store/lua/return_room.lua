-- A peer hands a conversation back, or never wrote: the seeker waits again, at the old place.
-- ARGV: 1 room, 2 the peer's handle, or '' when the time to write has passed, 3 the peer rests until
--   (0: not at all)
-- returns 1, or 0 when there is nothing to give back
even_when_full()
local seeker, peer, silent = unpack(redis.call('HMGET', key('r:', ARGV[1]), 's', 'p', 'silent'))
if not seeker then
  redis.call('ZREM', key('silent'), ARGV[1])
  return 0
end
if ARGV[2] == '' then
  if not silent or number(silent) > now then return 0 end
elseif ARGV[2] ~= peer then
  return 0
else
  rest_at_least(peer, ARGV[3])
end
redis.call('SET', key('ask'), 1, 'EX', 3600)
return return_to_waiting(ARGV[1])
