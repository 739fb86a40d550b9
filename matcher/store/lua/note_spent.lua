-- Put up marks of spent tickets that stand in a list beside a vault.
-- ARGV: each mark, and until when it has to be remembered
even_when_full()
for at = 1, #ARGV - 2, 2 do note_spent(ARGV[at], number(ARGV[at + 1])) end
return 1
