-- Who and what is named more in the last seven days than usual?
-- Grain: one entity. Reads: trending_entities.

select
    trending.name,
    trending.type,
    trending.story_count as stories,
    trending.usual_story_count as usual
from trending_entities as trending
where trending.story_count >= 3
order by trending.growth desc, trending.name asc
limit 12;
