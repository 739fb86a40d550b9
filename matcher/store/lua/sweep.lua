-- Take out of the waiting order whoever's place has ended.
-- ARGV: handles   returns how many
even_when_full()
local gone = 0
for at = 1, #ARGV - 2 do
  if redis.call('EXISTS', key('h:', ARGV[at])) == 0 then
    gone = gone + redis.call('ZREM', key('w'), ARGV[at])
  end
end
return gone
