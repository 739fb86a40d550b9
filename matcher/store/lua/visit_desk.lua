-- Let a coordinator's session live on, if it is their newest one.
-- ARGV: 1 session key, 2 whose (a keyed hash), 3 login, 4 idle end
-- returns 0 over, 1 signed in, 2 and the passphrase was given lately
even_when_full()
local mine = key('desk:', ARGV[1])
local last, sure = unpack(redis.call('HMGET', mine, 'last', 'sure'))
if number(last) <= now or redis.call('GET', key('desk-of:', ARGV[2])) ~= ARGV[3] then
  redis.call('DEL', mine)
  return 0
end
expire_at(mine, math.min(number(ARGV[4]), number(last)))
return number(sure) > now and 2 or 1
