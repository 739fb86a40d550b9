-- Read some of those who wait, by rank, and tell of each who could be offered somebody now.
-- ARGV: 1 and 2 first and last rank, 3 length of a sealed profile, 4 seen since then is here,
--   5 how often a pair may be offered again
-- returns handles, heads (waiting since, is here), sealed profiles and marks (the place of the
--   seeker among these, the mark of a peer who is not to be offered to them), each as one string
local length, here_since, repeats = number(ARGV[3]), number(ARGV[4]), number(ARGV[5])
local call, pack = redis.call, struct.pack
local handles, heads, profiles, marks = {}, {}, {}, {}
for _, handle in ipairs(call('ZRANGE', key('w'), ARGV[1], ARGV[2])) do
  local state, ends, leased, since, seen, holds = unpack(call('HMGET', key('h:', handle),
    'state', 'until', 'offer_until', 'since', 'seen', 'holds'))
  local sealed = state == 'open' and number(ends) > now and number(leased) <= now
    and not is_held(holds)
    and call('GET', key('p:', handle))
  if sealed and #sealed == length then
    local given = call('HGETALL', key('n:', handle))
    for at = 1, #given, 2 do
      local barred_until, times = string.match(given[at + 1], '^([%d.]+):(%d+)$')
      if number(barred_until) > now or number(times) > repeats then
        marks[#marks + 1] = pack('<I2', #handles) .. given[at]
      end
    end
    local place = #handles + 1
    handles[place], profiles[place] = handle, sealed
    heads[place] = pack('<dB', number(since), number(seen) > here_since and 1 or 0)
  end
end
return {table.concat(handles), table.concat(heads), table.concat(profiles), table.concat(marks)}
