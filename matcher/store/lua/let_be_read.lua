-- Move sums whose stretch is over to where they are shown, as they are; what was shown never changes.
-- ARGV: of each, its name while it grew and its name from now on   returns how many were moved
even_when_full()
local moved_on = 0
for at = 1, #ARGV - 2, 2 do
  local growing, shown = key(ARGV[at]), key(ARGV[at + 1])
  if redis.call('EXISTS', growing) == 1 and redis.call('EXISTS', shown) == 0 then
    redis.call('RENAME', growing, shown)
    moved_on = moved_on + 1
  end
end
return moved_on
