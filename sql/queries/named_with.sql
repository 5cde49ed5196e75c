-- Who and what is named in the same stories as Kuwait?
-- Grain: one person, organisation or place. Reads: named_with.

select *
from named_with('Kuwait')
order by story_count desc, name asc
limit 20;
