-- Note that the round has begun, or (without a word) that it is over; a late one notes nothing.
-- ARGV: 1 fence, 2 'begun' or '', 3 the note's lifetime (seconds)   returns 1 or 0
even_when_full()
if redis.call('GET', key('fence:', 'round')) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then
  redis.call('DEL', key('run'))
else
  redis.call('SET', key('run'), ARGV[2], 'EX', ARGV[3])
end
return 1
