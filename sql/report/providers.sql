-- Which providers publish, and how long was each silent when the newest story came?
-- Grain: one of the 20 providers with the most stories of the period. Reads: articles.

select
    provider,
    count(*) as stories,
    max(published_at) as newest_story_at,
    round(epoch($newest_story_at - max(published_at)) / 3600, 1) as hours_silent
from articles
where published_at >= $period_start_at
group by provider
order by stories desc, provider asc
limit 20;
