-- Who and what is named more this week than in the four weeks before?
-- Grain: one person, organisation or place. Reads: trending_entities.

select *
from trending_entities
order by z_score desc, name asc
limit 20;
