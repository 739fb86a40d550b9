-- Never again show the code of a draft: it has been kept.
-- ARGV: 1 draft key   returns 1, or 0 when the draft is gone
even_when_full()
if redis.call('EXISTS', key('d:', ARGV[1])) == 0 then return 0 end
redis.call('SET', key('d:', ARGV[1]), 'done', 'KEEPTTL')
return 1
