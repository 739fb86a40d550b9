-- Shared by every step. KEYS[1] is the pool's prefix; the last two arguments are the present moment
-- and by how much tests have moved it on. Each step names its other arguments. Times are seconds since
-- 1970. Keys end at a moment, not after a time that is left: so what ends together shares it exactly.
local prefix = KEYS[1]
local now, moved = tonumber(ARGV[#ARGV - 1]), tonumber(ARGV[#ARGV])
local FOR_EVER = '99999999999:1' -- longer than anybody's place
local SWEPT_WITHIN = 86400 -- who sat in a room outlives it by this, so that a late sweeper finds it

local function key(kind, which)
  return prefix .. kind .. (which or '')
end

local function number(value)
  return tonumber(value or '') or 0
end

-- Round up to a moment that many share, so that an end tells nothing of what happened when.
local function coarse(moment)
  return 600 * math.ceil(moment / 600)
end

local function expire_at(name, moment)
  redis.call('PEXPIREAT', name, math.floor((moment - moved) * 1000 + 0.5))
end

-- Let a key live until `moment` at least; never shorten what others still need.
local function live_until(name, moment)
  local left = redis.call('PTTL', name)
  if left == -1 or (left >= 0 and left < (moment - now) * 1000) then expire_at(name, moment) end
end

-- A full store refuses what needs memory, until a step has written something: steps that let people
-- look, answer, leave and erase begin with a write that needs none.
local function even_when_full()
  redis.call('DEL', key('none'))
end

-- Remember that a ticket is spent, for as long as it could hold.
local function note_spent(mark, ends)
  redis.call('ZREMRANGEBYSCORE', key('t'), '-inf', now)
  redis.call('ZADD', key('t'), ends, mark)
  live_until(key('t'), ends)
end

local function field(handle, name)
  return redis.call('HGET', key('h:', handle), name)
end

-- Give back what an offer holds: the seeker's lease and one of the peer's places.
local function free_offer(offer, seeker, peer)
  local head = key('h:', seeker)
  if redis.call('HGET', head, 'offer') == offer then
    redis.call('HDEL', head, 'offer', 'offer_until')
  end
  redis.call('ZREM', key('v:', peer), 'o:' .. offer, 'y:' .. offer)
end

-- Take back an offer that is still open, without a mark against anybody; nor against the pair, but when
-- a peer found it too much (`is_too_much`): then the pair waits like one that let it pass.
local function withdraw(offer, is_too_much)
  local name = key('o:', offer)
  local seeker, peer, reply = unpack(redis.call('HMGET', name, 's', 'p', 'pr'))
  if not seeker then return end
  if redis.call('HGET', name, 'room') then return end
  if reply == 'waiting' and number(field(peer, 'missed')) > 0 then
    redis.call('HINCRBY', key('h:', peer), 'missed', -1)
  end
  local mark, before = unpack(redis.call('HMGET', name, 'mark', 'before'))
  local marks = key('n:', seeker)
  if before == '' and not is_too_much then
    redis.call('HDEL', marks, mark)
  elseif not is_too_much and redis.call('EXISTS', marks) == 1 then
    redis.call('HSET', marks, mark, before)
  end
  free_offer(offer, seeker, peer)
  redis.call('DEL', name)
end

-- The team holds somebody: each hold is 'name:end,', and the last that ends counts.
local function is_held(holds)
  for ends in string.gmatch(holds or '', ':([%d.]+)') do
    if number(ends) > now then return true end
  end
  return false
end

-- A room has ended by itself, and the rest after it has not.
local function is_resting(rests, rooms)
  for room in pairs(rests) do
    if not rooms[room] then return true end
  end
  return false
end

-- Count what a peer carries now: all that is open, of it unanswered, and suggestions of the last day;
-- and say whether they rest from a room that ended by itself.
local function load_of(peer)
  local open, unanswered, today, rests, rooms = 0, 0, 0, {}, {}
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', key('v:', peer), '(' .. now, '+inf')) do
    local kind = string.sub(member, 1, 2)
    local which = string.sub(member, 3)
    if kind == 'd:' then
      today = today + 1
    elseif kind == 'z:' then
      rests[which] = true
    else
      open = open + 1
    end
    if kind == 'o:' then unanswered = unanswered + 1 end
    if kind == 'r:' then rooms[which] = true end
  end
  return open, unanswered, today, is_resting(rests, rooms)
end

-- What a peer has let pass is forgotten; what is still to be answered (but for `answered` of it) is not.
local function forget_missed(peer, answered)
  local _, unanswered = load_of(peer)
  redis.call('HSET', key('h:', peer), 'missed', math.max(0, unanswered - answered))
end

-- A peer's load: 'o:' offers to answer, 'y:' offers they said yes to, 'r:' rooms, 'z:' the rest after
-- each, 'd:' the ration. With `is_changed` their pairs wait like those that a peer let pass: who changes
-- their answers is not shown the same people again to compare.
local function withdraw_all_of_peer(peer, is_changed)
  for _, member in ipairs(redis.call('ZRANGE', key('v:', peer), 0, -1)) do
    local kind = string.sub(member, 1, 2)
    if kind == 'o:' or kind == 'y:' then withdraw(string.sub(member, 3), is_changed) end
  end
end

-- Suggest nobody to somebody before `ends`, and take back what is suggested now.
local function hold(handle, name, ends)
  local head = key('h:', handle)
  local before, offer = unpack(redis.call('HMGET', head, 'holds', 'offer'))
  redis.call('HSET', head, 'holds', (before or '') .. name .. ':' .. ends .. ',')
  if offer then withdraw(offer) end
  withdraw_all_of_peer(handle)
end

-- A peer's changed answers count once their time has come; suggestions made on the old ones end.
local function let_count(peer)
  local head, later = key('h:', peer), key('l:', peer)
  local from, age = unpack(redis.call('HMGET', head, 'counts_from', 'later_age'))
  if not from or number(from) > now then return end
  even_when_full()
  redis.call('HDEL', head, 'counts_from', 'quiet', 'later_age')
  if redis.call('EXISTS', later) == 0 then return end
  withdraw_all_of_peer(peer, true)
  redis.call('RENAME', later, key('p:', peer))
  redis.call('HSET', head, 'age', age)
  redis.call('HINCRBY', head, 'version', 1)
  redis.call('SET', key('ask'), 1, 'EX', 3600)
end

-- Mark a room for one side alone: once it is gone, no two sides' marks of it lead to each other.
local function talk_mark(handle, room)
  return redis.sha1hex(handle .. room)
end

-- Name what both sides' capsules need to be opened; they alone know the offer once its room is gone.
local function tell_key(offer)
  return key('tell:', redis.sha1hex('tell' .. offer))
end

-- Both can tell the team about a room for a time after its end; no capsule ends earlier or later.
local function can_be_told(offer, ends, tells)
  local grain = tells / 7 -- many share that end
  expire_at(tell_key(offer), grain * math.ceil((ends + tells) / grain))
end

-- Take a room away with everything that leads to it; returns its two people, or nothing.
local function clear_room(room)
  local seeker, peer, offer, ends, tells =
    unpack(redis.call('HMGET', key('r:', room), 's', 'p', 'offer', 'until', 'tells'))
  if not seeker then return nil end
  can_be_told(offer, math.min(now, number(ends)), number(tells))
  redis.call('DEL', key('r:', room), key('m:', room), key('o:', offer))
  redis.call('ZREM', key('silent'), room)
  redis.call('ZREM', key('v:', peer), 'r:' .. room, 'z:' .. room)
  return seeker, peer
end

-- A peer rests until then (0: not for this); a longer rest that they have begun goes on.
local function rest_at_least(peer, rested)
  local before = field(peer, 'rest_until')
  local is_more = number(rested) > number(before) and redis.call('EXISTS', key('h:', peer)) == 1
  if is_more then redis.call('HSET', key('h:', peer), 'rest_until', rested) end
end

-- End a room for both; the seeker's records stay until `gone`, the peer rests until `rested`.
local function end_room(room, gone, rested)
  local seeker, peer = clear_room(room)
  if not seeker then return end
  rest_at_least(peer, rested)
  local head = key('h:', seeker)
  if redis.call('HGET', head, 'room') == room then
    redis.call('HDEL', head, 'room')
    redis.call('HSET', head, 'state', 'ended', 'until', gone, 'stay', gone)
    expire_at(head, gone)
    expire_at(key('p:', seeker), gone)
    expire_at(key('n:', seeker), gone)
    expire_at(key('talked:', seeker), gone)
  end
end

-- Back to waiting, at the old place: the peer never wrote, or handed the conversation back.
local function return_to_waiting(room)
  local seeker, peer = clear_room(room)
  if not seeker then return 0 end
  redis.call('HDEL', key('talked:', seeker), talk_mark(seeker, room))
  redis.call('HDEL', key('talked:', peer), talk_mark(peer, room))
  local head = key('h:', seeker)
  if redis.call('HGET', head, 'room') ~= room then return 0 end
  local since, stay, ends, last =
    unpack(redis.call('HMGET', head, 'since', 'stay', 'until', 'last_end'))
  redis.call('HDEL', head, 'room')
  -- The wait goes on to the end it had; where that has passed meanwhile, a day is left for it.
  local day = coarse(now + 86400)
  local later = math.max(number(ends), math.min(number(stay), number(last)), day)
  later = math.min(later, number(stay))
  redis.call('HSET', head, 'state', 'open', 'until', later, 'stay', later)
  for _, kept in ipairs({head, key('p:', seeker), key('n:', seeker)}) do expire_at(kept, later) end
  redis.call('ZADD', key('w'), since, seeker)
  live_until(key('w'), later)
  return 1
end

-- A peer carries a room until its end, and rests after it.
local function carry_room(room, peer, ends)
  redis.call('ZADD', key('v:', peer), ends, 'r:' .. room)
  local rest = number(redis.call('HGET', key('r:', room), 'rest'))
  if rest > 0 then redis.call('ZADD', key('v:', peer), ends + rest, 'z:' .. room) end
end

-- A room lives on, and with it everything that both sides need for it.
local function room_lives_until(room, seeker, peer, ends, stays)
  carry_room(room, peer, ends)
  for _, handle in ipairs({seeker, peer}) do
    local later = math.max(number(field(handle, 'stay')), stays)
    if redis.call('EXISTS', key('h:', handle)) == 1 then
      redis.call('HSET', key('h:', handle), 'stay', later)
      for _, kind in ipairs({'h:', 'n:', 'v:'}) do live_until(key(kind, handle), later) end
      live_until(key('talked:', handle), stays)
    end
  end
  live_until(key('p:', seeker), stays)
  live_until(key('silent'), ends + SWEPT_WITHIN)
  local offer, tells = unpack(redis.call('HMGET', key('r:', room), 'offer', 'tells'))
  can_be_told(offer, ends, number(tells))
  expire_at(key('r:', room), ends + SWEPT_WITHIN)
  expire_at(key('m:', room), ends)
end

-- Name the rooms in which somebody has a seat; some may be over.
local function rooms_of(handle)
  local role, room = unpack(redis.call('HMGET', key('h:', handle), 'role', 'room'))
  if role == 'seeker' then return {room or nil} end
  local rooms = {}
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', key('v:', handle), '(' .. now, '+inf')) do
    if string.sub(member, 1, 2) == 'r:' then rooms[#rooms + 1] = string.sub(member, 3) end
  end
  return rooms
end

-- Say until when somebody's records may stay without another visit of theirs: longer than now wherever the
-- other side alone can make a room longer. A live one lives on with what either says; a slow one once
-- both have asked, and who asked first need not come back for it.
local function may_stay(handle, longer, after)
  local stay = number(field(handle, 'stay'))
  for _, room in ipairs(rooms_of(handle)) do
    local seeker, kind, ends, last, more_s, more_p = unpack(redis.call('HMGET', key('r:', room),
      's', 'kind', 'until', 'last_end', 'more_s', 'more_p'))
    local has_asked = more_p
    if handle == seeker then has_asked = more_s end
    if number(ends) > now and kind == 'live' then
      stay = math.max(stay, number(last) + after)
    elseif number(ends) > now and has_asked then
      stay = math.max(stay, math.min(number(ends) + longer, number(last)) + after)
    end
  end
  return stay
end

-- What leads somebody back, their code or else this session, ends with what it may lead to. Arguments from
-- the `at`th on: code key or '', session key, how much longer a slow room can become at once, what records
-- outlive their room by (seconds). Only a new end is written: the server knows when a key was last used.
local function lead_back(handle, at)
  local way = ARGV[at] == '' and key('s:', ARGV[at + 1]) or key('c:', ARGV[at])
  local ends = may_stay(handle, number(ARGV[at + 2]), number(ARGV[at + 3]))
  local left = redis.call('PTTL', way)
  if left >= 0 and math.abs(left - (ends - now) * 1000) > 1000 then expire_at(way, ends) end
end

-- Seal somebody's answers for a later day (and a peer's changed ones, if there are any), unless they
-- were changed since they were read.
local function seal_anew(handle, version, sealed, later)
  if sealed == '' or field(handle, 'version') ~= version then return end
  redis.call('SET', key('p:', handle), sealed, 'XX', 'KEEPTTL')
  if later and later ~= '' then redis.call('SET', key('l:', handle), later, 'XX', 'KEEPTTL') end
end
