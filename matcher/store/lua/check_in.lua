-- A peer can be reached until a moment (or not at all); what they missed before is forgotten. Who has
-- been here live for all the hours that the rules give a week rests instead; for
-- whom the team holds nothing changes by it.
-- ARGV: 1 handle, 2 here until (0: not any more), 3 '1' when they sit in front of it
-- returns 1, or 0 when the place is gone
even_when_full()
local head, DAY, GRAIN = key('h:', ARGV[1]), 86400, 600
local role, stay, here, live, written, holds =
  unpack(redis.call('HMGET', head, 'role', 'stay', 'here_until', 'live', 'hours', 'holds'))
if role ~= 'peer' then return 0 end
if is_held(holds) and number(ARGV[2]) > 0 then return 1 end

-- Minutes here live, day by day: 'day:minutes,'. What a check-in leaves unused is given back.
local today, days, minutes, spent = math.floor(now / DAY), {}, {}, 0
for day, many in string.gmatch(written or '', '(%d+):(%d+)') do
  if number(day) > today - 7 then
    table.insert(days, number(day))
    minutes[number(day)], spent = number(many), spent + number(many)
  end
end
local function charge(day, many)
  if not minutes[day] then
    table.insert(days, day)
    minutes[day] = 0
  end
  many = math.max(many, -minutes[day])
  minutes[day], spent = minutes[day] + many, spent + many
end
if live == '1' and number(here) > now and #days > 0 then
  charge(days[#days], -math.floor((number(here) - now) / 60))
end

local ends, rests = math.min(number(ARGV[2]), number(stay)), 0
local most = 60 * number(redis.call('HGET', key('rules'), 'hours') or 168)
local last = GRAIN * math.floor((now + 60 * (most - spent)) / GRAIN) -- all check-ins end on grains
if ends > 0 and (last <= now or 60 * (most - spent) < GRAIN) then
  local left = spent
  for _, day in ipairs(days) do
    left = left - minutes[day]
    rests = (day + 7) * DAY
    if 60 * (most - left) >= GRAIN then break end
  end
  ends = 0
elseif ends > 0 and ARGV[3] == '1' then
  ends = math.min(ends, last)
  charge(today, math.ceil((ends - now) / 60))
end

local kept = {}
for _, day in ipairs(days) do table.insert(kept, day .. ':' .. minutes[day]) end
redis.call('HSET', head, 'here_until', ends, 'live', ARGV[3],
  'hours', table.concat(kept, ','))
forget_missed(ARGV[1], 0)
rest_at_least(ARGV[1], rests)
if ends == 0 then
  redis.call('ZREM', key('here'), ARGV[1])
else
  redis.call('HSET', head, 'state', 'open')
  redis.call('ZADD', key('here'), ends, ARGV[1])
  live_until(key('here'), ends)
  redis.call('SET', key('ask'), 1, 'EX', 3600)
end
return 1
