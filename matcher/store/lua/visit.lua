-- Let a signed-in person's session and records live on while they are here.
-- ARGV: 1 handle, 2 login, 3 session ends, 4 to 7 what leads back
-- returns the fields of the head, or nothing when this session is over
even_when_full()
local head, session = key('h:', ARGV[1]), key('s:', ARGV[5])
if redis.call('HGET', head, 'login') ~= ARGV[2] then
  redis.call('DEL', session)
  return {}
end
let_count(ARGV[1])
redis.call('HSET', head, 'seen', math.floor(now / 60) * 60)
if ARGV[4] ~= '' then
  expire_at(session, math.min(number(ARGV[3]), number(field(ARGV[1], 'stay'))))
end
lead_back(ARGV[1], 4)
return redis.call('HGETALL', head)
