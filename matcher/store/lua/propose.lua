-- Write an offer to two people, or change nothing: the round saw a snapshot, this sees the truth.
-- ARGV: 1 seeker, 2 peer, 3 offer, 4 fence, 5 seeker's version, 6 peer's version, 7 deadline,
--   8 pair mark, 9 may be offered again from, 10 the seeker's sealed card, 11 the peer's, 12 with what
--   the fields of the rules begin by which it is made: '' those in force, 'tried.' those on trial
-- returns 'offered' or the reason why not
local seeker, peer, offer = ARGV[1], ARGV[2], ARGV[3]
local one, other, load = key('h:', seeker), key('h:', peer), key('v:', peer)
if redis.call('GET', key('fence:', 'round')) ~= ARGV[4] then return 'fence' end
local by = ARGV[12]
local ages, a_day, ceiling, missed_most, repeats = unpack(redis.call('HMGET', key('rules'),
  by .. 'ages', by .. 'a_day', by .. 'ceiling', by .. 'missed', by .. 'repeats'))
if not ages then return 'rules' end

local s = redis.call('HMGET', one, 'role', 'state', 'version', 'age', 'until', 'offer_until',
  'holds')
if s[1] ~= 'seeker' or s[2] ~= 'open' or s[3] ~= ARGV[5] or number(s[5]) <= now then
  return 'seeker'
end
if not redis.call('ZSCORE', key('w'), seeker) then return 'seeker' end
if number(s[6]) > now then return 'lease' end

local p = redis.call('HMGET', other, 'role', 'state', 'version', 'age', 'until', 'here_until',
  'rest_until', 'missed', 'capacity', 'scope', 'stay', 'counts_from', 'quiet', 'holds')
if p[1] ~= 'peer' or p[2] ~= 'open' or p[3] ~= ARGV[6] or number(p[5]) <= now then return 'peer' end
if is_held(s[7]) or is_held(p[14]) then return 'held' end
if number(p[6]) <= now then return 'away' end
if number(p[7]) > now or (p[13] and number(p[12]) > now) then return 'rest' end

local bands = ',' .. ages .. ','
if not string.find(bands, ',' .. s[4] .. '>' .. p[4] .. ',', 1, true) then return 'age' end
local scope = (s[4] == 'under-13' or s[4] == '13-17') and '13-17' or '18-plus'
if not string.find(',' .. p[10] .. ',', ',' .. scope .. ',', 1, true) then return 'age' end

local before = redis.call('HGET', key('n:', seeker), ARGV[8]) or ''
local barred_until, times = string.match(before == '' and '0:0' or before, '^([%d.]+):(%d+)$')
if number(barred_until) > now or number(times) > number(repeats) then return 'again' end

local open, unanswered, today, is_tired = load_of(peer)
-- Nobody is asked past the end of either place.
local deadline = math.min(number(ARGV[7]), number(s[5]), number(p[5]))
if is_tired then return 'rest' end
if open >= math.min(number(p[9]), number(ceiling)) then return 'capacity' end
if today >= number(a_day) then return 'ration' end
if number(p[8]) - unanswered >= number(missed_most) then return 'missed' end

redis.call('HSET', key('o:', offer), 's', seeker, 'p', peer, 'sr', 'waiting', 'pr', 'waiting',
  'deadline', deadline, 'mark', ARGV[8],
  'before', before, 'seeker_card', ARGV[10], 'peer_card', ARGV[11])
expire_at(key('o:', offer), deadline)
redis.call('HSET', one, 'offer', offer, 'offer_until', deadline)
redis.call('ZREMRANGEBYSCORE', load, '-inf', now)
local day = coarse(now + 86400)
redis.call('ZADD', load, deadline, 'o:' .. offer, day, 'd:' .. offer)
live_until(load, math.max(number(p[11]), deadline, day))
redis.call('HINCRBY', other, 'missed', 1)
redis.call('HSET', key('n:', seeker), ARGV[8], ARGV[9] .. ':' .. (number(times) + 1))
live_until(key('n:', seeker), number(field(seeker, 'stay')))
return 'offered'
