-- Put the sealed answer in the place of a note's words.
-- ARGV: 1 note, 2 the sealed answer, 3 it ends   returns 1, or 0 when there is nothing to answer
even_when_full()
local name = key('note:', ARGV[1])
if redis.call('HEXISTS', name, 'note') == 0 then return 0 end
redis.call('HDEL', name, 'note')
redis.call('HSET', name, 'answer', ARGV[2], 'until', ARGV[3])
expire_at(name, number(ARGV[3]))
redis.call('ZREM', key('notes'), ARGV[1])
return 1
