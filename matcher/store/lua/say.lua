-- Add one message to a room; a live room then lives on.
-- ARGV: 1 room, 2 handle, 3 sealed message, 4 once, 5 room's end, 6 room key sealed for that end,
--   7 seeker's records stay until, 8 most messages, 9 seeker's version, 10 seeker's profile sealed for
--   the later day, or ''
-- returns 'said', 'full' or 'gone'
local LAST_ONES = 8 * 33 -- the last eight messages' marks: a page may be sent again after others
local room, handle = ARGV[1], ARGV[2]
local name = key('r:', room)
local seeker, peer, last, ends =
  unpack(redis.call('HMGET', name, 's', 'p', 'once:' .. handle, 'until'))
if not seeker or (handle ~= seeker and handle ~= peer) or number(ends) <= now then return 'gone' end
last = last or ''
if string.find(last, ARGV[4], 1, true) then return 'said' end
if redis.call('LLEN', key('m:', room)) >= number(ARGV[8]) then return 'full' end
redis.call('RPUSH', key('m:', room), ARGV[3])
redis.call('HSET', name, 'once:' .. handle, string.sub(last .. ' ' .. ARGV[4], -LAST_ONES))
if handle == peer then
  redis.call('HDEL', name, 'silent')
  redis.call('ZREM', key('silent'), room)
end
if number(ARGV[5]) > number(ends) then
  redis.call('HSET', name, 'until', ARGV[5], 'key', ARGV[6])
  seal_anew(seeker, ARGV[9], ARGV[10])
  room_lives_until(room, seeker, peer, number(ARGV[5]), number(ARGV[7]))
else
  expire_at(key('m:', room), number(ends))
end
return 'said'
