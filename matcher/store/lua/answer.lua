-- Write down what one side says to an offer; when both say yes, the offer becomes a room.
-- ARGV: 1 offer, 2 handle, 3 'accepted' or 'declined',
--   for the peer's yes: 4 their code key or '', 5 their records stay until, 6 their version, 7 their
--   profile sealed for that day, or '', 8 how long they rest after a room (seconds), 9 their answers
--     that count later, sealed likewise, or '', 10 what their capsule needs, sealed;
--   for the seeker's yes: 4 room, 5 sealed room key, 6 room's end, 7 its last end,
--   8 the peer has to write by, 9 seeker's version, 10 seeker's profile sealed anew,
--   11 seeker's records stay until, 12 seeker's code key or '', 13 spent mark, 14 capsules end,
--   15 and 16 free names of the seeker's capsule (with commas) and what it holds, 17 and 18 the peer's,
--   19 of which kind the pair is, sealed
-- returns 'gone', 'accepted', 'declined', or 'room:' and the room
even_when_full()
local offer, handle = ARGV[1], ARGV[2]
local name = key('o:', offer)
local seeker, peer, sr, pr, deadline, lasts, mark, room, kind = unpack(
  redis.call('HMGET', name, 's', 'p', 'sr', 'pr', 'deadline', 'lasts', 'mark', 'room', 'kind'))

if not seeker or (handle ~= seeker and handle ~= peer) then return 'gone' end
if room then return ARGV[3] == 'accepted' and 'room:' .. room or 'gone' end
if number(deadline) <= now then return 'gone' end
if redis.call('EXISTS', key('h:', seeker), key('h:', peer)) < 2 then return 'gone' end
local is_peer = handle == peer
local said = is_peer and pr or sr
if said ~= 'waiting' then return said == ARGV[3] and said or 'gone' end
if not is_peer and pr ~= 'accepted' then return 'gone' end
if is_peer then forget_missed(peer, 1) end

if ARGV[3] == 'declined' then
  redis.call('HSET', key('n:', seeker), mark, FOR_EVER)
  live_until(key('n:', seeker), number(field(seeker, 'stay')))
  free_offer(offer, seeker, peer)
  redis.call('DEL', name)
  redis.call('SET', key('ask'), 1, 'EX', 3600)
  return 'declined'
end

if is_peer then
  -- The seeker's time for an answer begins.
  local later = 60 * math.ceil((now + number(lasts)) / 60)
  later = math.min(later, number(field(seeker, 'until')))
  redis.call('HSET', name, 'pr', 'accepted', 'deadline', later, 'rest', ARGV[8], 'capsule', ARGV[10])
  expire_at(name, later)
  redis.call('HSET', key('h:', seeker), 'offer_until', later)
  redis.call('ZREM', key('v:', peer), 'o:' .. offer)
  redis.call('ZADD', key('v:', peer), later, 'y:' .. offer)
  -- What the peer needs for a room may end after their place would have.
  local stays = math.max(number(field(peer, 'stay')), number(ARGV[5]))
  seal_anew(peer, ARGV[6], ARGV[7], ARGV[9])
  redis.call('HSET', key('h:', peer), 'stay', stays)
  for _, kind in ipairs({'h:', 'p:', 'l:', 'v:'}) do live_until(key(kind, peer), stays) end
  live_until(key('c:', ARGV[4]), stays)
  return 'accepted'
end

-- A capsule takes the first of its owner's names that is free.
local function put_capsule(names, sealed, ends)
  for which in string.gmatch(names, '[^,]+') do
    if redis.call('SET', key('k:', which), sealed, 'NX') then
      return expire_at(key('k:', which), ends)
    end
  end
end

local head = key('h:', seeker)
if redis.call('HGET', head, 'version') ~= ARGV[9] then return 'gone' end
local ends, stays = number(ARGV[6]), number(ARGV[11])
room = ARGV[4]
redis.call('HSET', key('r:', room), 's', seeker, 'p', peer, 'kind', kind, 'key', ARGV[5],
  'until', ARGV[6], 'last_end', ARGV[7], 'silent', ARGV[8], 'offer', offer,
  'rest', redis.call('HGET', name, 'rest') or 0)
expire_at(key('r:', room), ends + SWEPT_WITHIN)
redis.call('ZADD', key('silent'), ARGV[8], room)
live_until(key('silent'), ends + SWEPT_WITHIN)
redis.call('ZREM', key('w'), seeker)
note_spent(ARGV[13], stays)
redis.call('SET', key('p:', seeker), ARGV[10], 'KEEPTTL')
redis.call('HDEL', head, 'offer', 'offer_until')
redis.call('HSET', head, 'state', 'talking', 'room', room, 'stay', stays)
redis.call('HINCRBY', head, 'version', 1) -- answers read before are sealed for another day
for _, kept in ipairs({head, key('p:', seeker), key('n:', seeker)}) do live_until(kept, stays) end
live_until(key('c:', ARGV[12]), stays)
redis.call('HSET', key('n:', seeker), mark, FOR_EVER)
for _, side in ipairs({seeker, peer}) do
  redis.call('HSET', key('talked:', side), talk_mark(side, room), side == seeker and ARGV[19] or 1)
  live_until(key('talked:', side), stays)
end
redis.call('ZREM', key('v:', peer), 'y:' .. offer)
carry_room(room, peer, ends)
local peer_stays = math.max(number(field(peer, 'stay')), stays)
redis.call('HSET', key('h:', peer), 'stay', peer_stays)
live_until(key('h:', peer), peer_stays)
live_until(key('v:', peer), peer_stays)
put_capsule(ARGV[15], ARGV[16], number(ARGV[14]))
put_capsule(ARGV[17], ARGV[18], number(ARGV[14]))
-- The offer stays a moment, so that a second press of the same button finds the same room.
redis.call('HSET', name, 'sr', 'accepted', 'room', room)
redis.call('HDEL', name, 'card', 'mark', 'capsule')
expire_at(name, coarse(now + 600))
return 'room:' .. room
