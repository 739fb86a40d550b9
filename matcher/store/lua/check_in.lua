-- A peer can be reached until a moment (or not at all); what they missed before is forgotten.
-- ARGV: 1 handle, 2 here until (0: not any more), 3 '1' when they sit in front of it
-- returns 1, or 0 when the place is gone
even_when_full()
local head = key('h:', ARGV[1])
if redis.call('HGET', head, 'role') ~= 'peer' then return 0 end
local ends = math.min(number(ARGV[2]), number(redis.call('HGET', head, 'stay')))
redis.call('HSET', head, 'here_until', ends, 'live', ARGV[3], 'missed', 0)
if ends == 0 then
  redis.call('ZREM', key('here'), ARGV[1])
else
  redis.call('HSET', head, 'state', 'open')
  redis.call('ZADD', key('here'), ends, ARGV[1])
  live_until(key('here'), ends)
  redis.call('SET', key('ask'), 1, 'EX', 3600)
end
return 1
