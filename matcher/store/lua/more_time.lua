-- One side asks for more time; when both have, the room and what belongs to it live on.
-- ARGV: 1 room, 2 handle, 3 new end, 4 room key sealed for that end, 5 seeker's profile sealed anew
--   or '', 6 seeker's records stay until, 7 seeker's version, 8 to 11 what leads them back
-- returns 'asked', 'extended' or 'gone'
even_when_full()
local room, handle = ARGV[1], ARGV[2]
local name = key('r:', room)
local seeker, peer, ends = unpack(redis.call('HMGET', name, 's', 'p', 'until'))
if not seeker or (handle ~= seeker and handle ~= peer) or number(ends) <= now then return 'gone' end
redis.call('HSET', name, handle == seeker and 'more_s' or 'more_p', 1)
local both = redis.call('HMGET', name, 'more_s', 'more_p')
if not (both[1] and both[2]) then
  lead_back(handle, 8)
  return 'asked'
end
redis.call('HDEL', name, 'more_s', 'more_p')
redis.call('HSET', name, 'until', ARGV[3], 'key', ARGV[4])
seal_anew(seeker, ARGV[7], ARGV[5])
room_lives_until(room, seeker, peer, number(ARGV[3]), number(ARGV[6]))
lead_back(handle, 8)
return 'extended'
