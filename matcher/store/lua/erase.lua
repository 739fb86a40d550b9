-- Erase everything of one person, now; whoever was with them is free again.
-- ARGV: 1 handle, 2 session key, 3 code key or '', 4 spent mark, 5 mark ends
even_when_full()
local handle = ARGV[1]
local head = key('h:', handle)
note_spent(ARGV[4], number(ARGV[5]))
local offer, room = unpack(redis.call('HMGET', head, 'offer', 'room'))
if offer then withdraw(offer) end
if room then end_room(room, number(ARGV[5]), 0) end
withdraw_all_of_peer(handle)
for _, member in ipairs(redis.call('ZRANGE', key('v:', handle), 0, -1)) do
  if string.sub(member, 1, 2) == 'r:' then return_to_waiting(string.sub(member, 3)) end
end
redis.call('ZREM', key('w'), handle)
redis.call('ZREM', key('here'), handle)
redis.call('DEL', head, key('p:', handle), key('l:', handle), key('v:', handle), key('n:', handle))
redis.call('DEL', key('talked:', handle))
redis.call('DEL', key('s:', ARGV[2]), key('c:', ARGV[3]))
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
