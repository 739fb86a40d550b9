-- Be matched again, at the old place (after a pause, or after a conversation has ended).
-- ARGV: 1 handle   returns 1, or 0 when there is nothing to resume
even_when_full()
local head = key('h:', ARGV[1])
local state, role, since, stay, room, here =
  unpack(redis.call('HMGET', head, 'state', 'role', 'since', 'stay', 'room', 'here_until'))
if not state or state == 'open' then return 0 end
if state == 'talking' then
  if number(redis.call('HGET', key('r:', room), 'until')) > now then return 0 end
  redis.call('HDEL', head, 'room')
end
if state ~= 'paused' then redis.call('HSET', head, 'until', stay) end
redis.call('HSET', head, 'state', 'open')
if role == 'seeker' then
  redis.call('ZADD', key('w'), since, ARGV[1])
  live_until(key('w'), number(stay))
elseif number(here) > now then
  redis.call('ZADD', key('here'), here, ARGV[1])
  live_until(key('here'), number(here))
end
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
