-- Let a signed-in person's session and records live on while they are here.
-- ARGV: 1 session key, 2 handle, 3 code key or '', 4 login, 5 session ends
-- returns the fields of the head, or nothing when this session is over
even_when_full()
local head = key('h:', ARGV[2])
if redis.call('HGET', head, 'login') ~= ARGV[4] then
  redis.call('DEL', key('s:', ARGV[1]))
  return {}
end
let_count(ARGV[2])
redis.call('HSET', head, 'seen', math.floor(now / 60) * 60)
local stay = number(redis.call('HGET', head, 'stay'))
if ARGV[3] == '' then
  expire_at(key('s:', ARGV[1]), stay)
else
  expire_at(key('s:', ARGV[1]), math.min(number(ARGV[5]), stay))
  live_until(key('c:', ARGV[3]), stay)
end
return redis.call('HGETALL', head)
