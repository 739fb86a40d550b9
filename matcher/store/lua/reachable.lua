-- Read some of the checked-in peers, by rank, and tell of each who could be asked now.
-- ARGV: 1 and 2 first and last rank, 3 length of a sealed profile, 4 most places, 5 ration of a
--   day, 6 missed suggestions that lead to a pause
-- returns handles, heads (is live, free places, missed suggestions) and sealed profiles, each as
--   one string
local ceiling, a_day, missed_most = number(ARGV[4]), number(ARGV[5]), number(ARGV[6])
local found, names = {}, {}
for _, handle in ipairs(redis.call('ZRANGE', key('here'), ARGV[1], ARGV[2])) do
  local state, ends, here, rests, scope, capacity, past, live = unpack(redis.call('HMGET',
    key('h:', handle), 'state', 'until', 'here_until', 'rest_until', 'scope', 'capacity', 'missed',
    'live'))
  local may_meet = string.find(',' .. (scope or '') .. ',', ',18-plus,', 1, true)
  if state == 'open' and number(ends) > now and number(here) > now and number(rests) <= now
      and may_meet then
    local open, unanswered, today = load_of(handle)
    local free = math.min(math.min(number(capacity), ceiling) - open, a_day - today)
    local missed = math.max(0, number(past) - unanswered)
    if free > 0 and missed < missed_most then
      local head = struct.pack('<BI2I2', live == '1' and 1 or 0, free, missed)
      table.insert(found, {handle, head})
      table.insert(names, key('p:', handle))
    end
  end
end

local handles, heads, profiles = {}, {}, {}
for nth, sealed in ipairs(all_of(names)) do
  if sealed and #sealed == number(ARGV[3]) then
    table.insert(handles, found[nth][1])
    table.insert(heads, found[nth][2])
    table.insert(profiles, sealed)
  end
end
return {table.concat(handles), table.concat(heads), table.concat(profiles)}
