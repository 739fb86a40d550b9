-- Ask one question more of a day, or find that it was asked before; nothing is counted twice.
-- ARGV: 1 day, 2 digest of the question, 3 who asks, 4 most for everybody, 5 most for one, 6 ends
-- returns 'new', 'again' or 'spent'
local name = key('stats:asked:', ARGV[1])
if redis.call('HEXISTS', name, ARGV[2]) == 1 then return 'again' end
local all, own = 0, 0
for _, who in ipairs(redis.call('HVALS', name)) do
  all = all + 1
  if who == ARGV[3] then own = own + 1 end
end
if all >= number(ARGV[4]) or own >= number(ARGV[5]) then return 'spent' end
redis.call('HSET', name, ARGV[2], ARGV[3])
expire_at(name, number(ARGV[6]))
return 'new'
