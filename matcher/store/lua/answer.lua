-- Write down what one side says to an offer; when both say yes, the offer becomes a room.
-- ARGV: 1 offer, 2 handle, 3 'accepted' or 'declined',
--   for a yes: 4 to 7 what leads them back;
--   for the peer's yes: 8 their records stay until, 9 their version, 10 their profile sealed for that
--   day, or '', 11 how long they rest after a room (seconds), 12 their answers that count later,
--     sealed likewise, or '', 13 what their capsule needs, sealed, 14 how long the seeker has for an
--     answer (seconds);
--   for the seeker's yes: 8 room, 9 sealed room key, 10 room's end, 11 its last end,
--   12 the peer has to write by, 13 seeker's version, 14 seeker's profile sealed anew,
--   15 seeker's records stay until, 16 spent mark, 17 capsules end,
--   18 and 19 free names of the seeker's capsule (with commas) and what it holds, 20 and 21 the peer's,
--   22 of which kind the pair is, sealed, 23 kind of room, 24 half of the key to both capsules, 25 how
--   long after the room's end they can be opened (seconds)
-- returns 'gone', 'accepted', 'declined', or 'room:' and the room
even_when_full()
local offer, handle = ARGV[1], ARGV[2]
local name = key('o:', offer)
local seeker, peer, sr, pr, deadline, mark, room = unpack(
  redis.call('HMGET', name, 's', 'p', 'sr', 'pr', 'deadline', 'mark', 'room'))

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
  local later = 60 * math.ceil((now + number(ARGV[14])) / 60)
  later = math.min(later, number(field(seeker, 'until')))
  redis.call('HSET', name, 'pr', 'accepted', 'deadline', later, 'rest', ARGV[11], 'capsule', ARGV[13])
  expire_at(name, later)
  redis.call('HSET', key('h:', seeker), 'offer_until', later)
  redis.call('ZREM', key('v:', peer), 'o:' .. offer)
  redis.call('ZADD', key('v:', peer), later, 'y:' .. offer)
  -- What the peer needs for a room may end after their place would have.
  local stays = math.max(number(field(peer, 'stay')), number(ARGV[8]))
  seal_anew(peer, ARGV[9], ARGV[10], ARGV[12])
  redis.call('HSET', key('h:', peer), 'stay', stays)
  for _, kind in ipairs({'h:', 'p:', 'l:', 'v:'}) do live_until(key(kind, peer), stays) end
  lead_back(peer, 4)
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
if redis.call('HGET', head, 'version') ~= ARGV[13] then return 'gone' end
local ends, stays = number(ARGV[10]), number(ARGV[15])
room = ARGV[8]
redis.call('HSET', key('r:', room), 's', seeker, 'p', peer, 'kind', ARGV[23], 'key', ARGV[9],
  'until', ARGV[10], 'last_end', ARGV[11], 'silent', ARGV[12], 'offer', offer,
  'rest', redis.call('HGET', name, 'rest') or 0, 'tells', ARGV[25])
redis.call('SET', tell_key(offer), ARGV[24])
can_be_told(offer, ends, number(ARGV[25]))
expire_at(key('r:', room), ends + SWEPT_WITHIN)
redis.call('ZADD', key('silent'), ARGV[12], room)
live_until(key('silent'), ends + SWEPT_WITHIN)
redis.call('ZREM', key('w'), seeker)
note_spent(ARGV[16], stays)
redis.call('SET', key('p:', seeker), ARGV[14], 'KEEPTTL')
redis.call('HDEL', head, 'offer', 'offer_until')
redis.call('HSET', head, 'state', 'talking', 'room', room, 'stay', stays)
redis.call('HINCRBY', head, 'version', 1) -- answers read before are sealed for another day
for _, kept in ipairs({head, key('p:', seeker), key('n:', seeker)}) do live_until(kept, stays) end
lead_back(seeker, 4)
redis.call('HSET', key('n:', seeker), mark, FOR_EVER)
for _, side in ipairs({seeker, peer}) do
  redis.call('HSET', key('talked:', side), talk_mark(side, room), side == seeker and ARGV[22] or 1)
  live_until(key('talked:', side), stays)
end
redis.call('ZREM', key('v:', peer), 'y:' .. offer)
carry_room(room, peer, ends)
local peer_stays = math.max(number(field(peer, 'stay')), stays)
redis.call('HSET', key('h:', peer), 'stay', peer_stays)
live_until(key('h:', peer), peer_stays)
live_until(key('v:', peer), peer_stays)
put_capsule(ARGV[18], ARGV[19], number(ARGV[17]))
put_capsule(ARGV[20], ARGV[21], number(ARGV[17]))
-- The offer stays a moment, so that a second press of the same button finds the same room.
redis.call('HSET', name, 'sr', 'accepted', 'room', room)
redis.call('HDEL', name, 'seeker_card', 'peer_card', 'mark', 'capsule')
expire_at(name, coarse(now + 600))
return 'room:' .. room
