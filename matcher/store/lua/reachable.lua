-- Read some of the checked-in peers, by rank, and tell of each who could be asked now.
-- ARGV: 1 and 2 first and last rank, 3 length of a sealed profile, 4 most places, 5 ration of a
--   day, 6 missed suggestions that lead to a pause
-- returns handles, heads (is live, free places, missed suggestions) and sealed profiles, each as
--   one string
local length, ceiling, a_day = number(ARGV[3]), number(ARGV[4]), number(ARGV[5])
local missed_most, call = number(ARGV[6]), redis.call
local handles, heads, profiles = {}, {}, {}

-- Everybody who waits is an adult.
local function may_be_asked(state, ends, here, rests, scope)
  return state == 'open' and number(ends) > now and number(here) > now and number(rests) <= now
    and scope and string.find(',' .. scope .. ',', ',18-plus,', 1, true)
end

for _, handle in ipairs(call('ZRANGE', key('here'), ARGV[1], ARGV[2])) do
  local state, ends, here, rests, scope, capacity, past, live, from, quiet, holds
    = unpack(call('HMGET',
    key('h:', handle), 'state', 'until', 'here_until', 'rest_until', 'scope', 'capacity', 'missed',
    'live', 'counts_from', 'quiet', 'holds'))
  local is_changing = from and number(from) > now
  if from and not is_changing then
    let_count(handle)
    past = field(handle, 'missed')
  end
  if may_be_asked(state, ends, here, rests, scope) and not (is_changing and quiet)
    and not is_held(holds) then
    local open, unanswered, today, is_tired = load_of(handle)
    local free = math.min(math.min(number(capacity), ceiling) - open, a_day - today)
    local missed = math.max(0, number(past) - unanswered)
    local may = free > 0 and missed < missed_most and not is_tired
    local sealed = may and call('GET', key('p:', handle))
    if sealed and #sealed == length then
      local place = #handles + 1
      handles[place], profiles[place] = handle, sealed
      heads[place] = struct.pack('<BI2I2', live == '1' and 1 or 0, free, missed)
    end
  end
end
return {table.concat(handles), table.concat(heads), table.concat(profiles)}
