-- Touch the next keys of this pool, so that none tells when it was last asked for.
-- ARGV: 1 where the last such step ended, 2 about how many   returns where this one has ended
local cursor, found = unpack(redis.call('SCAN', ARGV[1], 'MATCH', prefix .. '*', 'COUNT', ARGV[2]))
if #found > 0 then redis.call('TOUCH', unpack(found)) end
return cursor
