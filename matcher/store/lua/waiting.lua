-- Read some of those who wait, by rank, and tell of each who could be offered somebody now.
-- ARGV: 1 and 2 first and last rank, 3 length of a sealed profile, 4 seen since then is here,
--   5 how often a pair may be offered again
-- returns handles, heads (waiting since, is here), sealed profiles and marks (the place of the
--   seeker among these, the mark of a peer who is not to be offered to them), each as one string
local is_here_since, repeats = number(ARGV[4]), number(ARGV[5])
local found, names = {}, {}
for _, handle in ipairs(redis.call('ZRANGE', key('w'), ARGV[1], ARGV[2])) do
  local state, ends, leased, since, seen = unpack(redis.call('HMGET', key('h:', handle),
    'state', 'until', 'offer_until', 'since', 'seen'))
  if state == 'open' and number(ends) > now and number(leased) <= now then
    local is_here = number(seen) > is_here_since and 1 or 0
    table.insert(found, {handle, struct.pack('<dB', number(since), is_here)})
    table.insert(names, key('p:', handle))
  end
end

local handles, heads, profiles, marks = {}, {}, {}, {}
for nth, sealed in ipairs(all_of(names)) do
  if sealed and #sealed == number(ARGV[3]) then
    local handle, head = unpack(found[nth])
    local given = redis.call('HGETALL', key('n:', handle))
    for at = 1, #given, 2 do
      local barred_until, times = string.match(given[at + 1], '^([%d.]+):(%d+)$')
      if number(barred_until) > now or number(times) > repeats then
        table.insert(marks, struct.pack('<I2', #handles) .. given[at])
      end
    end
    table.insert(handles, handle)
    table.insert(heads, head)
    table.insert(profiles, sealed)
  end
end
return {table.concat(handles), table.concat(heads), table.concat(profiles), table.concat(marks)}
