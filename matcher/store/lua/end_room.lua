-- End a room and erase what was said, for both.
-- ARGV: 1 room, 2 handle, 3 seeker's records stay until, 4 the peer rests until (0: not at all)
-- returns 1, or 0 when the room is gone or this person has no seat in it
even_when_full()
local seeker, peer = unpack(redis.call('HMGET', key('r:', ARGV[1]), 's', 'p'))
if not seeker or (ARGV[2] ~= seeker and ARGV[2] ~= peer) then return 0 end
end_room(ARGV[1], number(ARGV[3]), ARGV[4])
return 1
