-- A peer rests for as long as they like. What was suggested and is not agreed by both goes back as in a
-- pause, without a mark against them; conversations stay.
-- ARGV: 1 handle, 2 rests until   returns 1, or 0 when the place is gone
even_when_full()
if field(ARGV[1], 'role') ~= 'peer' then return 0 end
withdraw_all_of_peer(ARGV[1], true)
forget_missed(ARGV[1], 0)
rest_at_least(ARGV[1], ARGV[2])
redis.call('SET', key('ask'), 1, 'EX', 3600)
return 1
